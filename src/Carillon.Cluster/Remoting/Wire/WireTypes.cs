using System.Diagnostics.CodeAnalysis;

namespace Carillon.Cluster;

/// <summary>The messages that may travel, by tag, and on which lane.</summary>
internal sealed class WireTypes
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _bulk = [];

    /// <exception cref="ArgumentException">Two types have the same name.</exception>
    public WireTypes(IEnumerable<WireList> lists)
    {
        foreach (var list in lists)
        {
            foreach (var type in list.Types)
            {
                if (!_types.TryAdd(type.Name, type) && _types[type.Name] != type)
                {
                    throw new ArgumentException($"Two messages are called {type.Name}: {type} and {_types[type.Name]}.", nameof(lists));
                }
            }

            _bulk.UnionWith(list.Bulk);
        }
    }

    public bool Knows(Type type)
    {
        return _types.TryGetValue(type.Name, out var known) && known == type;
    }

    public bool TryFind(string tag, [NotNullWhen(true)] out Type? type)
    {
        return _types.TryGetValue(tag, out type);
    }

    /// <summary>The lane of a message; what is on its way to a shard goes as what is delivered there.</summary>
    public LanePurpose PurposeOf(object message)
    {
        return message is ShardDelivery delivery ? PurposeOf(delivery.Message)
            : _bulk.Contains(message.GetType()) ? LanePurpose.Bulk
            : LanePurpose.Control;
    }
}
