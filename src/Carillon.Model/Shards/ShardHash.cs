using System.Text;

namespace Carillon.Model;

/// <summary>
/// Which shard a name belongs to: FNV-1a over its UTF-8 bytes, 64 bits, mixed and reduced to the shard count. The
/// function is part of the stored data, so its version is kept in the cluster row.
/// </summary>
public static class ShardHash
{
    /// <summary>The version of the function, compared with the cluster row at start.</summary>
    public const int Version = 1;

    /// <summary>The shard of <paramref name="name"/>, in [0, <paramref name="shardCount"/>).</summary>
    public static int Of(string name, int shardCount)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Math.Min(name.Length, JobDefinition.MaxIdLength))];
        var length = Encoding.UTF8.GetBytes(name.AsSpan(0, Math.Min(name.Length, JobDefinition.MaxIdLength)), bytes);
        var hash = 14695981039346656037UL;
        foreach (var b in bytes[..length])
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        // FNV's low bits mix poorly for names that differ only at the end; one multiply-shift round spreads them.
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return (int)((hash >> 33) % (ulong)shardCount);
    }
}
