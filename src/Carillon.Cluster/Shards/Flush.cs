using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>One flush while it is made and until its outcome is known.</summary>
/// <param name="appends">How many appends it will hold at most.</param>
/// <param name="events">How many events they make: lists that grow under load would cost more than their content.</param>
internal sealed class Flush(int appends, int events)
{
    private readonly List<ShardEvent> _events = new(events);
    private readonly HashSet<int> _replaced = [];
    private readonly Dictionary<(Type Kind, int Shard, string Name, (long, long) Part), int> _rows = [];

    public List<(Append Append, ShardEvent[] Events)> Parts { get; } = new(appends);

    public Dictionary<OpenShard, List<ShardEvent>> ByShard { get; } = [];

    public void Add(Append append, OpenShard shard, DateTimeOffset now)
    {
        if (!ByShard.TryGetValue(shard, out var shardEvents))
        {
            ByShard.Add(shard, shardEvents = []);
        }

        var stamped = new ShardEvent[append.Writes.Count];
        for (var i = 0; i < stamped.Length; i++)
        {
            stamped[i] = shard.Stamp(append.Writes[i], now);
            shardEvents.Add(stamped[i]);
            NoteReplacement(stamped[i].Write, append.Term.Shard);
            _events.Add(stamped[i]);
        }

        Parts.Add((append, stamped));
    }

    public AppendBatch ToBatch(Guid owner)
    {
        IReadOnlyList<ShardEvent> kept = _replaced.Count == 0 ? _events : [.. _events.Where((_, i) => !_replaced.Contains(i))];
        return new AppendBatch(owner, [.. ByShard.Keys.Select(s => s.Term)], kept);
    }

    /// <summary>A statement may touch a row once: of several writes that replace the same row, the last one counts.</summary>
    private void NoteReplacement(ShardWrite write, int shard)
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

            _rows[name] = _events.Count;
        }
    }
}
