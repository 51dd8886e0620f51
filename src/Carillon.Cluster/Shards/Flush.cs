using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>One flush while it is made and until its outcome is known.</summary>
internal sealed class Flush
{
    private readonly List<ShardEvent> _events = [];
    private readonly HashSet<int> _replaced = [];
    private readonly Dictionary<(Type Kind, string Name, long Part), int> _rows = [];

    public List<(Append Append, ShardEvent[] Events)> Parts { get; } = [];

    public Dictionary<OpenShard, List<ShardEvent>> ByShard { get; } = [];

    public void Add(Append append, OpenShard shard, DateTimeOffset now)
    {
        if (!ByShard.TryGetValue(shard, out var shardEvents))
        {
            ByShard.Add(shard, shardEvents = []);
        }

        var events = new ShardEvent[append.Writes.Count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = shard.Stamp(append.Writes[i], now);
            shardEvents.Add(events[i]);
            NoteReplacement(events[i].Write, append.Term.Shard);
            _events.Add(events[i]);
        }

        Parts.Add((append, events));
    }

    public AppendBatch ToBatch(Guid owner)
    {
        IReadOnlyList<ShardEvent> events = _replaced.Count == 0 ? _events : [.. _events.Where((_, i) => !_replaced.Contains(i))];
        return new AppendBatch(owner, [.. ByShard.Keys.Select(s => s.Term)], events);
    }

    /// <summary>A statement may touch a row once: of several writes that replace the same row, the last one counts.</summary>
    private void NoteReplacement(ShardWrite write, int shard)
    {
        (Type, string, long)? row = write switch
        {
            SaveJob or DeleteJob => (typeof(Job), write.JobId, 0),
            SaveSnapshot or DropSnapshot => (typeof(HistorySnapshot), write.JobId, shard),
            SaveOccurrenceRun save => (typeof(OccurrenceRun), save.JobId, save.Run.From.UtcTicks),
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
