namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Occurrences of a job, one after the other, that did not run for the same reason.</summary>
internal sealed record Stretch(string Job, DateTimeOffset From, DateTimeOffset To, long Count, string Reason);
