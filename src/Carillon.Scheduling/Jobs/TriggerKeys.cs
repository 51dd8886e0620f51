using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The idempotency keys of one job that have not expired.</summary>
internal sealed class TriggerKeys
{
    private readonly Dictionary<string, TriggerKey> _keys = new(StringComparer.Ordinal);
    private readonly PriorityQueue<TriggerKey, DateTimeOffset> _expiry = new();

    public TriggerKeys(IEnumerable<TriggerKey> keys)
    {
        foreach (var key in keys)
        {
            Add(key);
        }
    }

    /// <summary>Those that had not expired when a key was last looked for.</summary>
    public IReadOnlyList<TriggerKey> All => _keys.Count == 0 ? [] : [.. _keys.Values];

    public void Add(TriggerKey key)
    {
        _keys[key.Key] = key;
        _expiry.Enqueue(key, key.ExpiresAt);
    }

    /// <summary>The occurrence that the first trigger with the key made, or null when the key is free.</summary>
    public DateTimeOffset? Find(string key, DateTimeOffset now)
    {
        while (_expiry.TryPeek(out var oldest, out var expiresAt) && expiresAt <= now)
        {
            _expiry.Dequeue();
            if (_keys.TryGetValue(oldest.Key, out var current) && current == oldest)
            {
                _keys.Remove(oldest.Key);
            }
        }

        return _keys.TryGetValue(key, out var known) ? known.ScheduledAt : null;
    }
}
