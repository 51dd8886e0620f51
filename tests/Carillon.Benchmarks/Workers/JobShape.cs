namespace Carillon.Benchmarks.Workers;

/// <summary>How the jobs of a workload behave.</summary>
internal enum JobShape
{
    /// <summary>Each job repeats, and its runs may overlap.</summary>
    Repeating,

    /// <summary>Each job runs once, and all are due at the same moment.</summary>
    Oneshot,

    /// <summary>Each job repeats, and a run waits for the end of the one before.</summary>
    Exclusive,

    /// <summary>Each job repeats; what falls due while it runs is skipped. This is the product's default.</summary>
    Skipping,
}
