using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>The same for jobs whose runs may not overlap.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzExclusiveJob : QuartzJob;
