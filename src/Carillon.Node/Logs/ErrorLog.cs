namespace Carillon.Node.Logs;

/// <summary>What a log says of one kind of error.</summary>
/// <param name="Type">The error's type.</param>
/// <param name="Message">Its message, without what differs from case to case.</param>
/// <param name="Count">How often it is logged.</param>
/// <param name="FirstSeen">When it is logged first.</param>
/// <param name="LastSeen">When it is logged last.</param>
/// <param name="Job">The job that had it first, or null.</param>
/// <param name="Sample">The message of the first one.</param>
internal sealed record ErrorLog(
    string Type, string Message, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string? Job, string? Sample);
