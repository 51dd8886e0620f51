using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The idempotency keys of one job that have not expired.</summary>
internal sealed class TriggerKeys
{
    private Dictionary<string, TriggerKey>? _keys; // most jobs never have one
    private PriorityQueue<TriggerKey, DateTimeOffset>? _expiry;

    public TriggerKeys(IEnumerable<TriggerKey> keys)
    {
        foreach (var key in keys)
        {
            Add(key);
        }
    }

    /// <summary>Those that had not expired when a key was last looked for.</summary>
    public IReadOnlyList<TriggerKey> All => _keys is null ? [] : [.. _keys.Values];

    public void Add(TriggerKey key)
    {
        (_keys ??= new(StringComparer.Ordinal))[key.Key] = key;
        (_expiry ??= new()).Enqueue(key, key.ExpiresAt);
    }

    /// <summary>The occurrence that the first trigger with the key made, or null when the key is free.</summary>
    public DateTimeOffset? Find(string key, DateTimeOffset now)
    {
        if (_keys is null || _expiry is null)
        {
            return null;
        }

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
