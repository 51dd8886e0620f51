using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Sends what a node records, once a second, to the shards that it belongs to. One delta is under way to each shard; it is
/// sent again until it is answered, and what is recorded meanwhile adds up behind it. So every delta is merged once, and
/// what waits is bounded by the number of series. Understands <see cref="DeltaMerged"/> and <see cref="FlushSeries"/>.
/// </summary>
/// <remarks>
/// Before its first figures a node opens, at one shard that is chosen by its incarnation; after the last ones it closes
/// there. A node that dies in between has lost what it recorded in its last interval, and that shard counts it.
/// </remarks>
public sealed class SeriesSender : Actor<object>
{
    private static readonly object Tick = new();

    private readonly SeriesSenderOptions _options;
    private readonly IReadOnlyList<ISeriesSource> _sources;
    private readonly DroppedMetrics _dropped;
    private readonly IActorRef<ToSeries> _region;
    private readonly SeriesBuffer _buffer;
    private readonly int _home;
    private readonly Dictionary<int, long> _sequences = [];
    private readonly Dictionary<int, (MergeDelta Delta, long SentAt)> _inFlight = [];
    private readonly List<IActorRef<SeriesFlushed>> _flushing = [];
    private DeltaPhase? _phase;

    /// <summary>Makes the sender of a node.</summary>
    /// <param name="options">Who sends, and how often.</param>
    /// <param name="recorder">The operations of the node.</param>
    /// <param name="instruments">The instruments of the node; null for none.</param>
    /// <param name="ownership">What the node has taken.</param>
    /// <param name="region">Delivers to the shards.</param>
    public SeriesSender(
        SeriesSenderOptions options,
        OperationRecorder recorder,
        MeterBridge? instruments,
        OwnershipCounts ownership,
        IActorRef<ToSeries> region)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        _options = options;
        var own = new OwnershipSource(ownership);
        _sources = instruments is null ? [own, recorder] : [own, instruments, recorder];
        _dropped = recorder.Dropped;
        _region = region;
        _buffer = new SeriesBuffer(options.ShardCount);
        _home = ShardHash.Of(options.Incarnation.ToString("N"), options.ShardCount);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Timers.StartPeriodic(Tick, Tick, _options.Interval, _options.Interval);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case DeltaMerged merged:
                Settle(merged);
                break;
            case FlushSeries flush:
                _flushing.Add(flush.ReplyTo);
                Collect();
                Send();
                break;
            case var tick when ReferenceEquals(tick, Tick):
                Collect();
                Resend();
                Send();
                break;
        }
    }

    private void Collect()
    {
        foreach (var source in _sources)
        {
            source.MoveTo(_buffer);
        }
    }

    private void Settle(DeltaMerged merged)
    {
        if (!_inFlight.TryGetValue(merged.Shard, out var sent) || sent.Delta.Sequence != merged.Sequence)
        {
            return;
        }

        _inFlight.Remove(merged.Shard);
        if (merged.IsRefused)
        {
            _dropped.Add(DropReason.Refused, sent.Delta.Series.Count);
        }

        if (sent.Delta.Phase != DeltaPhase.Continues)
        {
            _phase = sent.Delta.Phase;
            Send();
        }
        else if (_flushing.Count > 0)
        {
            Send();
        }
    }

    private void Send()
    {
        if (_phase != DeltaPhase.Opens && _buffer.Shards.Count > 0)
        {
            Send(_home, DeltaPhase.Opens, []);
            return;
        }

        foreach (var shard in _buffer.Shards.Where(shard => !_inFlight.ContainsKey(shard)).ToArray())
        {
            Send(shard, DeltaPhase.Continues, _buffer.Take(shard, _options.MaxSeries));
        }

        if (_flushing.Count > 0 && _inFlight.Count == 0)
        {
            EndFlush();
        }
    }

    private void EndFlush()
    {
        if (_phase == DeltaPhase.Opens)
        {
            Send(_home, DeltaPhase.Closes, []);
            return;
        }

        // The node leaves: what comes now has no time left to be sent.
        Context.Timers.Cancel(Tick);
        foreach (var waiting in _flushing)
        {
            waiting.Tell(new SeriesFlushed());
        }

        _flushing.Clear();
    }

    private void Send(int shard, DeltaPhase phase, IReadOnlyList<SeriesDelta> series)
    {
        if (_inFlight.ContainsKey(shard))
        {
            return;
        }

        // From the clock on: a sender that failed and was started again must not use a number twice.
        var sequence = _sequences[shard] = _sequences.GetValueOrDefault(shard, Instant.ToMicroseconds(Context.Time.Now())) + 1;
        var delta = new MergeDelta(_options.Incarnation, _options.Node, shard, sequence, phase, series, Context.Self);
        _inFlight.Add(shard, (delta, Context.Time.GetTimestamp()));
        _region.Tell(new ToSeries(shard, delta));
    }

    private void Resend()
    {
        foreach (var (shard, (delta, sentAt)) in _inFlight)
        {
            if (Context.Time.GetElapsedTime(sentAt) >= _options.ResendAfter)
            {
                _inFlight[shard] = (delta, Context.Time.GetTimestamp());
                _region.Tell(new ToSeries(shard, delta));
            }
        }
    }
}
