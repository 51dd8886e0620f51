namespace Carillon.Benchmarks.Workers;

/// <summary>What a worker process runs, in the steps in which the coordinator asks for them.</summary>
internal interface IWorkload : IAsyncDisposable
{
    /// <summary>Makes everything ready that is not to be measured.</summary>
    Task PrepareAsync();

    /// <summary>Lets the first occurrences fall due at <paramref name="dueAt"/>, and returns before that.</summary>
    Task BeginAsync(DateTimeOffset dueAt);

    /// <summary>Runs that wait for a slot.</summary>
    Task<int> CountWaitingAsync();

    /// <summary>Ends the work; what has been done is in the store afterwards.</summary>
    Task StopAsync();
}
