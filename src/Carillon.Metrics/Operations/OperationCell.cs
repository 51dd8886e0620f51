namespace Carillon.Metrics;

/// <summary>
/// What a node has recorded of one operation with one set of labels and not sent yet. Threads that meet here do not wait
/// for each other: who finds the first stripe taken goes to another one.
/// </summary>
internal sealed class OperationCell : ICollectedCell
{
    private readonly CellQueue _queue;
    private readonly DroppedMetrics _dropped;
    private readonly OperationStripe _first = new();
    private OperationStripe[]? _more;
    private int _isQueued;

    public OperationCell(string name, LabelSet labels, CellQueue queue, DroppedMetrics dropped)
    {
        Series = new SeriesName(Model.MetricKind.Operation, name);
        Labels = labels;
        _queue = queue;
        _dropped = dropped;
    }

    public SeriesName Series { get; }

    public LabelSet Labels { get; }

    public ICollectedCell? Next { get; set; }

    /// <summary>Records what is known of a call.</summary>
    /// <param name="latency">How long it took, or null.</param>
    /// <param name="succeeded">How it ended, or null.</param>
    /// <param name="errorType">What went wrong, as the caller says it.</param>
    /// <param name="attempt">More than 1 for a retry.</param>
    public void Record(TimeSpan? latency, bool? succeeded, string? errorType, int attempt)
    {
        var microseconds = -1L;
        if (latency is { } took)
        {
            microseconds = took.Ticks / TimeSpan.TicksPerMicrosecond;
            if (took.Ticks < 0 || took > MaxLatency)
            {
                _dropped.Add(DropReason.Latency);
                microseconds = -1;
            }
        }

        // Cleaned before the stripe is held; successes are the rule and cost nothing here.
        var failure = succeeded == false ? LabelRules.ErrorType(errorType) : null;
        var stripe = _first.TryEnter() ? _first : EnterAnother();
        try
        {
            stripe.Add(microseconds, succeeded == true, failure, attempt);
            if (Volatile.Read(ref _isQueued) == 0 && Interlocked.Exchange(ref _isQueued, 1) == 0)
            {
                _queue.Push(this);
            }
        }
        finally
        {
            stripe.Exit();
        }
    }

    /// <summary>More than this is taken for a mistake: ten years.</summary>
    public static readonly TimeSpan MaxLatency = TimeSpan.FromDays(3_653);

    /// <inheritdoc/>
    public void MoveTo(SeriesBuffer buffer)
    {
        // In this order: whoever records after its stripe was emptied puts the cell into the queue again.
        Interlocked.Exchange(ref _isQueued, 0);
        var totals = buffer.Operation(Series, Labels);
        _first.MoveTo(totals);
        foreach (var stripe in Volatile.Read(ref _more) ?? [])
        {
            stripe.MoveTo(totals);
        }
    }

    private OperationStripe EnterAnother()
    {
        var more = Volatile.Read(ref _more) ?? MakeMore();
        var at = Thread.GetCurrentProcessorId() & (more.Length - 1);
        var wait = default(SpinWait);
        while (true)
        {
            for (var tries = 0; tries < more.Length; tries++)
            {
                var stripe = more[(at + tries) & (more.Length - 1)];
                if (stripe.TryEnter())
                {
                    return stripe;
                }
            }

            wait.SpinOnce();
        }
    }

    private OperationStripe[] MakeMore()
    {
        var more = new OperationStripe[Math.Max(4, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))];
        for (var i = 0; i < more.Length; i++)
        {
            more[i] = new OperationStripe();
        }

        return Interlocked.CompareExchange(ref _more, more, null) ?? more;
    }
}
