using System.Runtime.InteropServices;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// One flush while it is made and until its outcome is known. Its events are in one array, those of a shard together
/// and in order, so that the store, the histories and whoever asked are all given parts of the same one.
/// </summary>
internal sealed class Flush
{
    private readonly ShardEvent[] _events;
    private readonly HashSet<int> _replaced = [];
    private readonly Dictionary<(Type Kind, int Shard, string Name, (long, long) Part), int> _rows = [];
    private readonly List<(OpenShard Shard, ArraySegment<ShardEvent> Events)> _shards = [];

    /// <summary>Numbers and stamps what is to be recorded.</summary>
    /// <param name="parts">The appends, each with the shard of its term; each is given its last number. At least one.</param>
    /// <param name="now">The present.</param>
    public Flush(List<FlushPart> parts, DateTimeOffset now)
    {
        Parts = parts;
        _events = Place(parts);
        foreach (ref var part in CollectionsMarshal.AsSpan(parts))
        {
            var (append, shard) = (part.Append, part.Shard);
            for (var n = 0; n < append.Writes.Count; n++)
            {
                NoteReplacement(append.Writes[n], append.Term.Shard, shard.Place);
                _events[shard.Place++] = shard.Stamp(append.Writes[n], now);
            }

            part.LastNo = shard.LastNo;
        }
    }

    /// <summary>The appends, in the order in which they came, and the last number of each.</summary>
    public IReadOnlyList<FlushPart> Parts { get; }

    /// <summary>The events of each shard.</summary>
    public IReadOnlyList<(OpenShard Shard, ArraySegment<ShardEvent> Events)> ByShard => _shards;

    /// <summary>The terms that occur, each once.</summary>
    public IReadOnlyList<ShardTerm> Terms => _shards.ConvertAll(static s => s.Shard.Term);

    public AppendBatch ToBatch(Guid owner)
    {
        IReadOnlyList<ShardEvent> kept = _replaced.Count == 0 ? _events : [.. _events.Where((_, i) => !_replaced.Contains(i))];
        return new AppendBatch(owner, Terms, kept);
    }

    /// <summary>Gives each shard its place in an array for all events.</summary>
    private ShardEvent[] Place(List<FlushPart> parts)
    {
        var shards = new List<OpenShard>();
        var total = 0;
        foreach (var part in parts)
        {
            if (part.Shard.Count == 0)
            {
                shards.Add(part.Shard);
            }

            part.Shard.Count += part.Append.Writes.Count;
            total += part.Append.Writes.Count;
        }

        var events = new ShardEvent[total];
        var place = 0;
        _shards.EnsureCapacity(shards.Count);
        foreach (var shard in shards)
        {
            _shards.Add((shard, new ArraySegment<ShardEvent>(events, place, shard.Count)));
            shard.Place = place;
            place += shard.Count;
            shard.Count = 0;
        }

        return events;
    }

    /// <summary>A statement may touch a row once: of several writes that replace the same row, the last one counts.</summary>
    private void NoteReplacement(ShardWrite write, int shard, int index)
    {
        (Type, int, string, (long, long))? row = write switch
        {
            SaveJob or DeleteJob => (typeof(Job), shard, write.JobId, default),
            SaveSnapshot save => (typeof(HistorySnapshot), shard, write.JobId, (save.Snapshot.CreatedNo, 0)),
            DropSnapshot drop => (typeof(HistorySnapshot), shard, write.JobId, (drop.CreatedNo, 0)),
            SaveOccurrenceRun save => (typeof(OccurrenceRun), shard, save.JobId, (save.Run.From.UtcTicks, 0)),
            SaveRollup { Rollup: var part } => (
                typeof(Rollup), shard, part.JobId, (part.Start.UtcTicks + (int)part.Span, part.FirstNo)),
            _ => null,
        };
        if (row is { } name)
        {
            if (_rows.TryGetValue(name, out var earlier))
            {
                _replaced.Add(earlier);
            }

            _rows[name] = index;
        }
    }
}
