using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The operations and instruments of one shard during one term: merges what nodes send, each delta once, and says what is
/// to be recorded. What a call returns is recorded in one step, before anything of it is shown or answered.
/// </summary>
public sealed class SeriesBook
{
    private readonly ShardTerm _term;
    private readonly SeriesOptions _options;
    private readonly Dictionary<SeriesName, Dictionary<LabelSet, SeriesState>> _series = [];
    private readonly Dictionary<Guid, MetricSource> _sources = [];
    private DateTimeOffset _now;

    /// <summary>Takes up what the owner before left.</summary>
    /// <param name="recovery">What the store knows of the shard.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="generation">The generation of the statistics; that of a shard without series.</param>
    /// <exception cref="HistoryStateException">A stored series is of an unknown version, or damaged.</exception>
    public SeriesBook(ShardRecovery recovery, SeriesOptions options, long generation)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        _term = recovery.Term;
        _options = options;
        foreach (var saved in recovery.Series)
        {
            var state = SeriesState.Restore(saved);
            SetsOf(state.Name).Add(state.Labels, state);
        }

        Generation = _series.Count == 0
            ? generation
            : _series.Values.SelectMany(static sets => sets.Values).Max(static state => state.Generation);
        foreach (var source in recovery.Sources)
        {
            _sources.Add(source.Incarnation, source);
        }
    }

    /// <summary>The generation that all figures belong to.</summary>
    public long Generation { get; private set; }

    /// <summary>Whether the shard has neither series nor nodes that send.</summary>
    public bool IsEmpty => _series.Count == 0 && _sources.Count == 0;

    /// <summary>Whether a delta is merged already.</summary>
    public bool Has(MergeDelta delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        return _sources.TryGetValue(delta.Incarnation, out var source) && source.Sequence >= delta.Sequence;
    }

    /// <summary>Begins a later generation, in which everything counts from 0; an earlier one changes nothing.</summary>
    /// <returns>What is to be recorded in one step; empty when nothing changed.</returns>
    public IReadOnlyList<ShardWrite> Reset(long generation)
    {
        var step = new Step();
        if (generation > Generation)
        {
            Generation = generation;
            foreach (var state in _series.Values.SelectMany(static sets => sets.Values))
            {
                state.Reset(generation);
                step.Change(state);
            }
        }

        return step.Finish();
    }

    /// <summary>Merges deltas.</summary>
    /// <param name="deltas">At most one of each incarnation; those that are merged already change nothing.</param>
    /// <param name="now">The owner's time: what is merged belongs to this minute and hour.</param>
    /// <returns>What is to be recorded in one step; empty when nothing changed.</returns>
    public IReadOnlyList<ShardWrite> Merge(IEnumerable<MergeDelta> deltas, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(deltas);
        var step = Begin(now);
        foreach (var delta in deltas)
        {
            if (Has(delta))
            {
                continue;
            }

            foreach (var series in delta.Series)
            {
                Merge(step, series, delta);
            }

            var isHome = _sources.GetValueOrDefault(delta.Incarnation)?.IsHome ?? false;
            var source = new MetricSource(
                delta.Incarnation,
                delta.Sequence,
                delta.Phase switch { DeltaPhase.Opens => true, DeltaPhase.Closes => false, _ => isHome });
            _sources[delta.Incarnation] = source;
            step.Writes.Add(new SaveMetricSource(source));
        }

        return step.Finish();
    }

    /// <summary>Ends minutes and hours that are over, and forgets nodes that are dead.</summary>
    /// <param name="now">The owner's time.</param>
    /// <param name="nodes">The nodes as last read.</param>
    /// <returns>What is to be recorded in one step; empty when nothing changed.</returns>
    public IReadOnlyList<ShardWrite> Settle(DateTimeOffset now, IReadOnlyDictionary<Guid, NodeRow> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var step = Begin(now);
        foreach (var state in _series.Values.SelectMany(static sets => sets.Values))
        {
            step.End(state, _now);
        }

        var dead = nodes.Count == 0 ? [] : _sources.Values.Where(source => IsDead(source, nodes)).ToArray();
        foreach (var source in dead)
        {
            if (source.IsHome)
            {
                Drop(step, DropReason.Killed, 1);
            }

            _sources.Remove(source.Incarnation);
            step.Writes.Add(new DropMetricSource(source.Incarnation));
            foreach (var state in _series.Values.SelectMany(static sets => sets.Values))
            {
                if (state.Forget(source.Incarnation))
                {
                    step.Change(state);
                }
            }
        }

        return step.Finish();
    }

    /// <summary>The shard's share of a page.</summary>
    public ShardSeriesPart Part()
    {
        var all = _series.Values.SelectMany(static sets => sets.Values).ToLookup(static state => state.Name.IsOwn);
        return new ShardSeriesPart
        {
            Term = _term,
            Generation = Generation,
            Operations = [.. all[false].Where(static s => s.Operation is not null).Select(static s => s.ShowOperation())],
            Instruments = [.. all[false].Where(static s => s.Operation is null).Select(static s => s.ShowInstrument())],
            Dropped = ByReason(all[true], SeriesName.Dropped),
            Takeovers = ByReason(all[true], SeriesName.Takeovers),
            FencedWrites = all[true].Where(static s => s.Name == SeriesName.FencedWrites).Sum(static s => s.ShowInstrument().Value),
        };
    }

    /// <summary>One operation by its labels, or all of them; the figures belong to the caller.</summary>
    /// <param name="name">The operation; null for all.</param>
    /// <param name="now">The owner's time.</param>
    public IReadOnlyList<OperationStatistics> Operations(string? name, DateTimeOffset now)
    {
        var wanted = name is null
            ? _series.Where(static s => s.Key.Kind == MetricKind.Operation).SelectMany(static s => s.Value.Values)
            : _series.GetValueOrDefault(new SeriesName(MetricKind.Operation, name))?.Values.AsEnumerable() ?? [];
        return
        [
            .. wanted.Select(s => new OperationStatistics(
                s.Name.Name,
                s.Labels,
                OperationRollups.Copy(s.Operation!),
                s.Recent(now),
                s.Open(RollupSpan.Minute),
                s.Open(RollupSpan.Hour))),
        ];
    }

    private static IReadOnlyList<NamedCount> ByReason(IEnumerable<SeriesState> own, SeriesName family)
    {
        return
        [
            .. own.Where(s => s.Name == family)
                .Select(static s => new NamedCount(s.Labels.Labels[0].Value!, s.ShowInstrument().Value)),
        ];
    }

    private static bool IsDead(MetricSource source, IReadOnlyDictionary<Guid, NodeRow> nodes)
    {
        return !nodes.TryGetValue(source.Incarnation, out var node) || node.Status == NodeStatus.Dead;
    }

    private Step Begin(DateTimeOffset now)
    {
        _now = now > _now ? now : _now;
        return new Step();
    }

    private void Merge(Step step, SeriesDelta delta, MergeDelta from)
    {
        if (StateOf(step, delta) is not { } state)
        {
            return;
        }

        step.End(state, _now);
        if (state.Merge(delta, from.Incarnation, from.Node, _now))
        {
            step.Change(state);
        }
        else
        {
            Drop(step, DropReason.Instruments, 1);
        }
    }

    private SeriesState? StateOf(Step step, SeriesDelta delta)
    {
        if (!_series.ContainsKey(delta.Name) && _series.Count >= _options.MaxNames)
        {
            Drop(step, DropReason.Operations, 1);
            return null;
        }

        var sets = SetsOf(delta.Name);
        if (sets.TryGetValue(delta.Labels, out var state))
        {
            return state;
        }

        var labels = delta.Labels;
        if (sets.Count >= _options.MaxLabelSets && !labels.IsOther)
        {
            Drop(step, DropReason.LabelSets, 1);
            labels = LabelSet.Other;
            if (sets.TryGetValue(labels, out state))
            {
                return state;
            }
        }

        state = new SeriesState(delta.Name, labels, delta.Shape, Generation);
        sets.Add(labels, state);
        return state;
    }

    private void Drop(Step step, DropReason reason, long count)
    {
        var sets = SetsOf(SeriesName.Dropped);
        var labels = ReasonLabels.Of(Words.Of(reason));
        if (!sets.TryGetValue(labels, out var state))
        {
            sets.Add(labels, state = new SeriesState(SeriesName.Dropped, labels, InstrumentShape.Count, Generation));
        }

        state.Add(count);
        step.Change(state);
    }

    private Dictionary<LabelSet, SeriesState> SetsOf(SeriesName name)
    {
        if (!_series.TryGetValue(name, out var sets))
        {
            _series.Add(name, sets = []);
        }

        return sets;
    }

    /// <summary>What one call has changed.</summary>
    private sealed class Step
    {
        private readonly HashSet<SeriesState> _changed = [];

        public List<ShardWrite> Writes { get; } = [];

        public void Change(SeriesState state)
        {
            _changed.Add(state);
        }

        /// <summary>A minute leaves the series and becomes a row in the same step, so that it is never in both.</summary>
        public void End(SeriesState state, DateTimeOffset now)
        {
            foreach (var rollup in state.TakeEnded(now))
            {
                Writes.Add(new SaveOperationRollup(rollup));
                _changed.Add(state);
            }
        }

        public List<ShardWrite> Finish()
        {
            Writes.AddRange(_changed.Select(static state => new SaveSeries(state.Save())));
            return Writes;
        }
    }
}
