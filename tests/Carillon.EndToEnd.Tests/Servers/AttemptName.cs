namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>What an attempt is known by, to the store and to the outside alike.</summary>
internal readonly record struct AttemptName(string Job, DateTimeOffset ScheduledAt, int Attempt);
