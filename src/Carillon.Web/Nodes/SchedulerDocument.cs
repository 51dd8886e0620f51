using Carillon.Model;

namespace Carillon.Web;

/// <summary>The scheduler as a whole.</summary>
/// <param name="Pause">Why nothing starts, or null.</param>
internal sealed record SchedulerDocument(Pause? Pause);
