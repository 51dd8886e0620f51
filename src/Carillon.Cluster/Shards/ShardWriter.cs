using System.Diagnostics;
using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Records what all shards of a node have to write, in one fenced statement per flush with at most one in flight.
/// It numbers the events of each shard and stamps them; after the commit it tells the shard's history first, then
/// whoever asked. A flush with an unknown outcome is never repeated: its terms end, and the shards are taken and read
/// again under new ones.
/// </summary>
public sealed class ShardWriter : Actor<object>
{
    private static readonly object LingerTimer = new();

    private readonly Guid _owner;
    private readonly IShardLog _log;
    private readonly IActorRef<object> _region;
    private readonly ShardWriterOptions _options;

    private readonly Dictionary<int, OpenShard> _open = [];
    private readonly Queue<Append> _waiting = new();
    private readonly Queue<IReadOnlyList<Append>> _isolated = new(); // parts of a rejected flush, tried before anything new
    private readonly List<Append> _taken = [];
    private readonly List<FlushPart> _parts = []; // of the flush that is made or in flight: there is one at most
    private readonly List<TellBehind> _behind = [];
    private int _waitingEvents;
    private Flush? _inFlight;
    private long? _lastFlushStarted;

    /// <summary>Makes a writer for one node.</summary>
    /// <param name="owner">The incarnation under which it writes.</param>
    /// <param name="log">Where it writes to.</param>
    /// <param name="region">Who is told when terms end, and gets back what no history is told.</param>
    /// <param name="options">How it gathers appends.</param>
    public ShardWriter(Guid owner, IShardLog log, IActorRef<object> region, ShardWriterOptions options)
    {
        _owner = owner;
        _log = log;
        _region = region;
        _options = options;
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case Append append:
                Accept(append);
                break;
            case TellBehind behind when _inFlight is null:
                Tell(behind);
                break;
            case TellBehind behind:
                _behind.Add(behind);
                break;
            case OpenTerm open:
                _open[open.Term.Shard] = new OpenShard(open.Term, open.LastNo, open.History);
                break;
            case CloseTerm close:
                Close(close.Term);
                break;
            case Flushed flushed:
                Finish(flushed.Fenced);
                TellWhatWaited();
                FlushWhenWorthwhile();
                break;
            case FlushFailed failed:
                Fail(failed.Cause);
                TellWhatWaited();
                FlushWhenWorthwhile();
                break;
            case LingerEnded:
                FlushWhatWaits();
                break;
            default:
                throw new UnreachableException($"A shard writer does not understand {message.GetType().Name}.");
        }
    }

    private void Accept(Append append)
    {
        _waiting.Enqueue(append);
        _waitingEvents += append.Writes.Count;
        FlushWhenWorthwhile();
    }

    private void FlushWhenWorthwhile()
    {
        if (_inFlight is not null || (_waiting.Count == 0 && _isolated.Count == 0))
        {
            return;
        }

        var rest = _lastFlushStarted is { } started ? _options.Linger - Context.Time.GetElapsedTime(started) : TimeSpan.Zero;
        if (rest <= TimeSpan.Zero || _waitingEvents >= _options.BusyEvents || _isolated.Count > 0)
        {
            FlushWhatWaits();
        }
        else if (!Context.Timers.IsActive(LingerTimer))
        {
            Context.Timers.StartSingle(LingerTimer, LingerEnded.Instance, rest);
        }
    }

    private void FlushWhatWaits()
    {
        while (_inFlight is null && (_isolated.Count > 0 || _waiting.Count > 0))
        {
            Send(_isolated.TryDequeue(out var part) ? part : TakeWaiting());
        }
    }

    /// <summary>What is sent next; the list is used again for the flush after it.</summary>
    private List<Append> TakeWaiting()
    {
        _taken.Clear();
        var events = 0;
        while (_waiting.TryPeek(out var next) && (events == 0 || events + next.Writes.Count <= _options.MaxEvents))
        {
            _taken.Add(_waiting.Dequeue());
            events += next.Writes.Count;
        }

        _waitingEvents -= events;
        return _taken;
    }

    private void Send(IReadOnlyList<Append> appends)
    {
        _parts.Clear();
        foreach (var append in appends)
        {
            if (_open.TryGetValue(append.Term.Shard, out var shard) && shard.Term == append.Term)
            {
                _parts.Add(new FlushPart(append, shard));
            }
            else
            {
                append.ReplyTo?.Tell(new AppendFenced(append));
            }
        }

        if (_parts.Count == 0)
        {
            return;
        }

        var flush = new Flush(_parts, Context.Time.Now());
        Context.Timers.Cancel(LingerTimer);
        _inFlight = flush;
        _lastFlushStarted = Context.Time.GetTimestamp();
        Context.PipeToSelf(_log.AppendAsync(flush.ToBatch(_owner)), static fenced => new Flushed(fenced), static cause => new FlushFailed(cause));
    }

    private void Finish(IReadOnlySet<int> fenced)
    {
        var flush = TakeInFlight();
        foreach (var (shard, events) in flush.ByShard)
        {
            if (!fenced.Contains(shard.Term.Shard) && !shard.History.Tell(new CommittedEvents(shard.Term, events)))
            {
                End([shard.Term], fenced: false, "the shard's history takes no more events");
            }
        }

        foreach (var part in flush.Parts)
        {
            _options.Pulse.Count(part.Append.Writes);
            part.Append.ReplyTo?.Tell(fenced.Contains(part.Shard.Term.Shard)
                ? new AppendFenced(part.Append)
                : new Appended(part.Append, part.LastNo));
        }

        if (fenced.Count > 0)
        {
            var refused = flush.ByShard.Where(s => fenced.Contains(s.Shard.Term.Shard)).ToArray();
            End(
                [.. refused.Select(static s => s.Shard.Term)],
                fenced: true,
                "another owner has taken the shard",
                refused.Sum(static s => s.Events.Count));
        }
    }

    private void TellWhatWaited()
    {
        _behind.ForEach(Tell);
        _behind.Clear();
    }

    private void Tell(TellBehind behind)
    {
        if (_open.TryGetValue(behind.Term.Shard, out var shard) && shard.Term == behind.Term)
        {
            behind.History.Tell(behind.Delivery.Message);
        }
        else
        {
            _region.Tell(new NotTold(behind.Delivery));
        }
    }

    private void Fail(Exception cause)
    {
        var flush = TakeInFlight();
        if (cause is AppendRejectedException)
        {
            Isolate(flush, cause.Message);
        }
        else
        {
            End(flush.Terms, fenced: false, cause.Message);
        }
    }

    /// <summary>Narrows a rejected flush down to the request at fault: by shard first, then one by one.</summary>
    private void Isolate(Flush flush, string problem)
    {
        if (flush.Parts.Count == 1)
        {
            var append = flush.Parts[0].Append;
            append.ReplyTo?.Tell(new AppendRefused(append, problem));
            return;
        }

        var appends = flush.Parts.Select(p => p.Append);
        IEnumerable<IReadOnlyList<Append>> parts = flush.Terms.Count > 1
            ? appends.GroupBy(a => a.Term.Shard).Select(g => g.ToArray())
            : appends.Select(a => new[] { a });
        var later = _isolated.ToArray();
        _isolated.Clear();
        foreach (var part in parts.Concat(later))
        {
            _isolated.Enqueue(part);
        }
    }

    private void End(IReadOnlyList<ShardTerm> terms, bool fenced, string problem, int fencedWrites = 0)
    {
        foreach (var term in terms)
        {
            Close(term);
        }

        _region.Tell(new TermsEnded(terms, fenced, problem) { FencedWrites = fencedWrites });
    }

    private void Close(ShardTerm term)
    {
        if (_open.TryGetValue(term.Shard, out var shard) && shard.Term == term)
        {
            _open.Remove(term.Shard);
        }
    }

    private Flush TakeInFlight()
    {
        var flush = _inFlight ?? throw new UnreachableException("A flush ended that was not in flight.");
        _inFlight = null;
        return flush;
    }

    private sealed record Flushed(IReadOnlySet<int> Fenced);

    private sealed record FlushFailed(Exception Cause);

    private sealed record LingerEnded
    {
        public static readonly LingerEnded Instance = new();
    }
}
