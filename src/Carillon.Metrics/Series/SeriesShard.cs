using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Keeps the operations and instruments of one shard for one term. Understands <see cref="MergeDelta"/>,
/// <see cref="GatherSeries"/>, <see cref="ReadOperation"/> and <see cref="AppendResult"/>. One append is under way at a
/// time: what arrives meanwhile is merged together by the next one, and readers wait for it, since nothing is shown that
/// is not committed.
/// </summary>
public sealed class SeriesShard : Actor<object>
{
    private const int SeriesPerAppend = 2_000;
    private const int MaxReaders = 1_000;
    private static readonly object Look = new();

    private readonly ShardTerm _term;
    private readonly SeriesBook _book;
    private readonly SeriesOptions _options;
    private readonly NodeDirectory _nodes;
    private readonly GenerationView _generation;
    private readonly IActorRef<Append> _writer;
    private readonly Dictionary<Guid, MergeDelta> _waiting = [];
    private readonly List<object> _readers = [];
    private IReadOnlyList<MergeDelta>? _inFlight;
    private bool _isLookDue;
    private long _askedGeneration;

    /// <summary>Makes the actor.</summary>
    /// <param name="recovery">What the store knew when the term began.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="nodes">The nodes as last read.</param>
    /// <param name="generation">The generation of the statistics as last read.</param>
    /// <param name="writer">Where everything is appended.</param>
    public SeriesShard(
        ShardRecovery recovery,
        SeriesOptions options,
        NodeDirectory nodes,
        GenerationView generation,
        IActorRef<Append> writer)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(generation);
        _term = recovery.Term;
        _book = new SeriesBook(recovery, options, generation.Newest.Number);
        _options = options;
        _nodes = nodes;
        _generation = generation;
        _writer = writer;
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        LookFromNowOn();
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case MergeDelta delta:
                _waiting[delta.Incarnation] = delta;
                Advance();
                break;
            case GatherSeries gather:
                Ask(gather, gather.Generation);
                break;
            case ReadOperation read:
                Ask(read, read.Generation);
                break;
            case AppendResult result:
                Settle(result);
                break;
            case var look when ReferenceEquals(look, Look):
                _isLookDue = true;
                Advance();
                break;
        }
    }

    private void Advance()
    {
        if (_inFlight is not null)
        {
            return;
        }

        // What a node recorded before it knew of a reset counts in the new generation.
        var writes = _book.Reset(Math.Max(_askedGeneration, _generation.Newest.Number));
        var deltas = TakeWaiting();
        writes = Together(writes, _book.Merge(deltas, Context.Time.Now()));
        if (_isLookDue)
        {
            _isLookDue = false;
            writes = Together(writes, _book.Settle(Context.Time.Now(), _nodes.Nodes));
        }

        if (writes.Count == 0)
        {
            return;
        }

        LookFromNowOn();
        _inFlight = deltas;
        if (!_writer.Tell(new Append(_term, writes, Context.Self)))
        {
            throw new InvalidOperationException("the shard writer does not accept any more");
        }
    }

    /// <summary>What both of two calls want recorded: of two forms of one series the later one.</summary>
    private static IReadOnlyList<ShardWrite> Together(IReadOnlyList<ShardWrite> first, IReadOnlyList<ShardWrite> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        var replaced = second.Select(KeyOf).ToHashSet();
        return [.. first.Where(write => !replaced.Contains(KeyOf(write))), .. second];
    }

    private static object KeyOf(ShardWrite write)
    {
        return write switch
        {
            SaveSeries { Series: var series } => (series.Kind, series.Name, series.LabelsId),
            SaveMetricSource { Source.Incarnation: var incarnation } => incarnation,
            DropMetricSource { Incarnation: var incarnation } => incarnation,
            _ => write,
        };
    }

    private List<MergeDelta> TakeWaiting()
    {
        var taken = new List<MergeDelta>();
        var series = 0;
        foreach (var delta in _waiting.Values)
        {
            if (_book.Has(delta))
            {
                _waiting.Remove(delta.Incarnation);
                delta.ReplyTo.Tell(new DeltaMerged(delta.Shard, delta.Sequence));
            }
            else if (taken.Count == 0 || series + delta.Series.Count <= SeriesPerAppend)
            {
                _waiting.Remove(delta.Incarnation);
                taken.Add(delta);
                series += delta.Series.Count;
            }
        }

        return taken;
    }

    private void Settle(AppendResult result)
    {
        var merged = _inFlight ?? [];
        switch (result)
        {
            case Appended:
                _inFlight = null;
                Reply(merged, isRefused: false);
                AnswerReaders();
                Advance();
                break;
            case AppendRefused refused:
                // The figures in memory are ahead of the store now. The term ends, and the next one reads the store.
                Reply(merged, isRefused: true);
                throw new InvalidOperationException($"operations of shard {_term.Shard} were refused: {refused.Problem}");
            case AppendFenced:
                // The term has ended: whoever reads under the next one gets the deltas again.
                break;
        }
    }

    private static void Reply(IReadOnlyList<MergeDelta> deltas, bool isRefused)
    {
        foreach (var delta in deltas)
        {
            delta.ReplyTo.Tell(new DeltaMerged(delta.Shard, delta.Sequence, isRefused));
        }
    }

    private void Ask(object reader, long generation)
    {
        _askedGeneration = Math.Max(_askedGeneration, generation);
        if (_readers.Count < MaxReaders)
        {
            _readers.Add(reader); // others get no answer in time
        }

        Advance();
        AnswerReaders();
    }

    /// <summary>Answers unless something is to be committed first.</summary>
    private void AnswerReaders()
    {
        if (_inFlight is null && _askedGeneration <= _book.Generation)
        {
            _readers.ForEach(Answer);
            _readers.Clear();
        }
    }

    private void Answer(object reader)
    {
        switch (reader)
        {
            case GatherSeries gather:
                gather.ReplyTo.Tell(_book.Part());
                break;
            case ReadOperation read:
                read.ReplyTo.Tell(new OperationRead(_term, _book.Operations(read.Name, Context.Time.Now())));
                break;
        }
    }

    /// <summary>A shard without operations has no timer: there are many of them.</summary>
    private void LookFromNowOn()
    {
        if (!_book.IsEmpty && !Context.Timers.IsActive(Look))
        {
            Context.Timers.StartPeriodic(Look, Look, _options.LookInterval, _options.LookInterval);
        }
    }
}
