using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What a run says while it runs.</summary>
/// <param name="Output">What it prints.</param>
/// <param name="Progress">How far it is.</param>
internal readonly record struct AttemptWords(JobOutput Output, JobProgress Progress);
