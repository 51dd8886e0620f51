namespace Carillon.Web;

/// <summary>The body of a pause.</summary>
/// <param name="Reason">One sentence, shown with every skipped occurrence. Default: who paused it.</param>
internal sealed record PauseRequest(string? Reason);
