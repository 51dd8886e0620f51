namespace Carillon.Metrics;

/// <summary>
/// Records calls of the app's own operations, at any rate and from any thread. Figures of all nodes are merged: one page
/// shows the operation as a whole. Nothing here throws, waits for anything, or allocates once an operation and its
/// labels are known; what cannot be recorded is counted in <c>scheduler_metrics_dropped_total</c>.
/// </summary>
/// <remarks>
/// A call is a duration, an outcome, or both. Labels are for few values each: an operation has at most
/// <c>metrics.max-label-sets</c> combinations, later ones share <c>_other</c>.
/// </remarks>
public interface IOperationMetrics
{
    /// <summary>Whether anything is recorded: <c>metrics.enabled</c>.</summary>
    bool IsEnabled { get; }

    /// <summary>Records a call that succeeded, and how long it took.</summary>
    void Record(string name, TimeSpan latency, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>Records a call that failed, and how long it took.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="latency">How long it took.</param>
    /// <param name="errorType">What went wrong, in a few words of a closed set. Empty or null: <c>unknown</c>.</param>
    /// <param name="labels">Its labels.</param>
    void RecordFailure(string name, TimeSpan latency, string? errorType, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>Records that a call is tried again.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="attempt">Which attempt begins: 2 for the first retry. 1 or less is no retry and counts nothing.</param>
    /// <param name="labels">Its labels.</param>
    void RecordRetry(string name, int attempt, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>Records whatever is known of a call.</summary>
    void Record(in OperationRecord record);

    /// <summary>Records many calls.</summary>
    void RecordBatch(params ReadOnlySpan<OperationRecord> records);

    /// <summary>
    /// Looks an operation with its labels up once, so that recording need not: the quickest way, for calls made often.
    /// </summary>
    BoundOperation Bind(string name, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>
    /// Measures until disposed: <c>using var op = metrics.Measure("plan");</c>. It counts as a success unless
    /// <see cref="OperationTimer.Fail(string?)"/> was called.
    /// </summary>
    OperationTimer Measure(string name, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>
    /// Runs and measures an action. Its exception is recorded as a failure with the name of its type, and thrown on.
    /// </summary>
    Task MeasureAsync(string name, Func<Task> work, params ReadOnlySpan<OperationLabel> labels);

    /// <summary>
    /// Runs and measures a function. Its exception is recorded as a failure with the name of its type, and thrown on.
    /// </summary>
    Task<T> MeasureAsync<T>(string name, Func<Task<T>> work, params ReadOnlySpan<OperationLabel> labels);
}
