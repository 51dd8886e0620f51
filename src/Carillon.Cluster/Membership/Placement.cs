using System.Text;

namespace Carillon.Cluster;

/// <summary>
/// Which node should have which shard: rendezvous hashing over the stable names of nodes, so that a node that comes back
/// gets its shards back, and with bounded load, because rendezvous alone is uneven. Every node that knows the same names
/// comes to the same placement.
/// </summary>
public sealed class Placement
{
    /// <summary>A node has at most so many hundredths of an even share, rounded up.</summary>
    private const int MostPercent = 115;

    private readonly string[] _owners;

    private Placement(string[] owners)
    {
        _owners = owners;
    }

    /// <summary>Places every shard on one of the names.</summary>
    /// <param name="names">The names of nodes, each once. Without any, no shard has a place.</param>
    /// <param name="shardCount">How many shards there are.</param>
    public static Placement Of(IEnumerable<string> names, int shardCount)
    {
        var nodes = names.Order(StringComparer.Ordinal).Select(static name => (Name: name, Seed: HashOf(name))).ToArray();
        if (nodes.Length == 0)
        {
            return new Placement([]);
        }

        var most = ((MostPercent * shardCount) + (100 * nodes.Length) - 1) / (100 * nodes.Length);
        var loads = new int[nodes.Length];
        var owners = new string[shardCount];
        for (var shard = 0; shard < shardCount; shard++)
        {
            var best = -1;
            var bestWeight = 0UL;
            for (var node = 0; node < nodes.Length; node++)
            {
                var weight = Weight(nodes[node].Seed, shard);
                if (loads[node] < most && (best < 0 || weight > bestWeight))
                {
                    (best, bestWeight) = (node, weight);
                }
            }

            loads[best]++;
            owners[shard] = nodes[best].Name;
        }

        return new Placement(owners);
    }

    /// <summary>The name of the node that should have the shard; null when there is no node.</summary>
    public string? OwnerOf(int shard)
    {
        return shard < _owners.Length ? _owners[shard] : null;
    }

    /// <summary>FNV-1a over the UTF-8 bytes, 64 bits: the same in every process and version.</summary>
    private static ulong HashOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>The finisher of SplitMix64, which spreads each bit of its input over all bits.</summary>
    private static ulong Weight(ulong seed, int shard)
    {
        var x = seed + (((ulong)shard + 1) * 0x9E3779B97F4A7C15UL);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
