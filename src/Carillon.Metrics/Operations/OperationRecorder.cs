using System.Collections.Concurrent;

namespace Carillon.Metrics;

/// <summary>
/// The operations of one node. Recording adds to figures in memory; once a second they are moved to the node's sender.
/// </summary>
public sealed class OperationRecorder : IOperationMetrics, ISeriesSource
{
    /// <summary>
    /// The same labels may be written in several ways, in another order for one; so many of them are known by heart.
    /// </summary>
    internal const int SpellingsPerSet = 4;

    private readonly OperationRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly CellQueue _queue = new();
    private readonly OperationLookup<OperationCell> _cells = new();
    private readonly ConcurrentDictionary<string, RecordedOperation> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedOperation> _operations = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private readonly OperationCell _other;

    /// <summary>Makes a recorder.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="time">What calls are measured with.</param>
    public OperationRecorder(OperationRecorderOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _other = new OperationCell(LabelRules.Other, LabelSet.Empty, _queue, Dropped);
    }

    /// <inheritdoc/>
    public bool IsEnabled => _options.IsEnabled;

    /// <summary>What was not counted.</summary>
    public DroppedMetrics Dropped { get; } = new();

    /// <inheritdoc/>
    public void Record(string name, TimeSpan latency, params ReadOnlySpan<OperationLabel> labels)
    {
        Find(name, labels)?.Record(latency, succeeded: true, errorType: null, attempt: 0);
    }

    /// <inheritdoc/>
    public void RecordFailure(
        string name, TimeSpan latency, string? errorType, params ReadOnlySpan<OperationLabel> labels)
    {
        Find(name, labels)?.Record(latency, succeeded: false, errorType, attempt: 0);
    }

    /// <inheritdoc/>
    public void RecordRetry(string name, int attempt, params ReadOnlySpan<OperationLabel> labels)
    {
        if (attempt > 1)
        {
            Find(name, labels)?.Record(latency: null, succeeded: null, errorType: null, attempt);
        }
    }

    /// <inheritdoc/>
    public void Record(in OperationRecord record)
    {
        Find(record.Name, record.Labels.Span)
            ?.Record(record.Latency, record.Succeeded, record.ErrorType, record.Attempt);
    }

    /// <inheritdoc/>
    public void RecordBatch(params ReadOnlySpan<OperationRecord> records)
    {
        foreach (ref readonly var record in records)
        {
            Record(record);
        }
    }

    /// <inheritdoc/>
    public BoundOperation Bind(string name, params ReadOnlySpan<OperationLabel> labels)
    {
        return new BoundOperation(Find(name, labels), _time);
    }

    /// <inheritdoc/>
    public OperationTimer Measure(string name, params ReadOnlySpan<OperationLabel> labels)
    {
        return new OperationTimer(Find(name, labels), _time);
    }

    /// <inheritdoc/>
    public Task MeasureAsync(string name, Func<Task> work, params ReadOnlySpan<OperationLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(work);
        return MeasureAsync(Find(name, labels), work);
    }

    /// <inheritdoc/>
    public Task<T> MeasureAsync<T>(string name, Func<Task<T>> work, params ReadOnlySpan<OperationLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(work);
        return MeasureAsync(Find(name, labels), work);
    }

    /// <inheritdoc/>
    void ISeriesSource.MoveTo(SeriesBuffer buffer)
    {
        _queue.MoveTo(buffer);
        Dropped.MoveTo(buffer);
    }

    private async Task MeasureAsync(OperationCell? cell, Func<Task> work)
    {
        using var timer = new OperationTimer(cell, _time);
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            timer.Fail(error);
            throw;
        }
    }

    private async Task<T> MeasureAsync<T>(OperationCell? cell, Func<Task<T>> work)
    {
        using var timer = new OperationTimer(cell, _time);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            timer.Fail(error);
            throw;
        }
    }

    private OperationCell? Find(string? name, ReadOnlySpan<OperationLabel> labels)
    {
        if (!_options.IsEnabled)
        {
            return null;
        }

        name ??= LabelRules.Unknown;
        return _cells.Find(name, labels) ?? FindNew(name, labels);
    }

    private OperationCell FindNew(string name, ReadOnlySpan<OperationLabel> labels)
    {
        if (_byText.TryGetValue(name, out var known) && known.IsFull)
        {
            Dropped.Add(DropReason.LabelSets);
            return known.Other;
        }

        lock (_adding)
        {
            return _cells.Find(name, labels) ?? Add(name, labels);
        }
    }

    private OperationCell Add(string name, ReadOnlySpan<OperationLabel> labels)
    {
        if (!_byText.TryGetValue(name, out var operation))
        {
            var clean = LabelRules.Operation(name);
            if (!_operations.TryGetValue(clean, out operation))
            {
                if (_operations.Count >= _options.MaxOperations)
                {
                    Dropped.Add(DropReason.Operations);
                    return _other;
                }

                operation = new RecordedOperation(new OperationCell(clean, LabelSet.Other, _queue, Dropped));
                _operations.Add(clean, operation);
            }

            if (_byText.Count < SpellingsPerSet * _options.MaxOperations)
            {
                _byText.TryAdd(name, operation);
            }
        }

        var set = LabelRules.Labels(labels);
        if (!operation.Cells.TryGetValue(set, out var cell))
        {
            if (operation.IsFull)
            {
                Dropped.Add(DropReason.LabelSets);
                return operation.Other;
            }

            cell = new OperationCell(operation.Other.Series.Name, set, _queue, Dropped);
            operation.Cells.Add(set, cell);
        }

        _cells.Add(name, labels, cell);
        operation.IsFull = operation.Cells.Count >= _options.MaxLabelSets
            || ++operation.Spellings >= SpellingsPerSet * _options.MaxLabelSets;
        return cell;
    }

    /// <summary>What is known of one operation.</summary>
    private sealed class RecordedOperation(OperationCell other)
    {
        private volatile bool _isFull;

        /// <summary>Where label sets beyond the limit are counted.</summary>
        public OperationCell Other => other;

        public Dictionary<LabelSet, OperationCell> Cells { get; } = [];

        public int Spellings { get; set; }

        /// <summary>Whether labels that are not known yet go to <see cref="Other"/> without being looked at.</summary>
        public bool IsFull
        {
            get => _isFull;
            set => _isFull = value;
        }
    }
}
