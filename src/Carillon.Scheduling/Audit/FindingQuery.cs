using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Which findings of the audit to list.</summary>
/// <param name="JobId">Only this job's; null for all.</param>
/// <param name="Kind">Only of this kind; null for all.</param>
/// <param name="Limit">How many of the newest, 1 to 1,000.</param>
public sealed record FindingQuery(string? JobId = null, AuditFindingKind? Kind = null, int Limit = 50);
