namespace Carillon.Node.Logs;

/// <summary>What a log says of one job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Lines">Lines about it.</param>
/// <param name="Problems">Of these, warnings and worse.</param>
/// <param name="Attempts">Attempts whose end is logged.</param>
/// <param name="Failures">Of these, attempts that did not succeed.</param>
internal sealed record JobLog(string Job, long Lines, long Problems, long Attempts, long Failures);
