using System.Runtime.InteropServices;

namespace Carillon.Metrics;

/// <summary>
/// Finds what belongs to a name with labels exactly as the caller wrote them. Reading takes no lock and allocates
/// nothing; adding is for one thread at a time.
/// </summary>
/// <typeparam name="T">What is found.</typeparam>
internal sealed class OperationLookup<T>
    where T : class
{
    private const ulong Prime = 0x9E3779B97F4A7C15UL;

    private Entry?[] _buckets = new Entry?[64];
    private int _count;

    /// <summary>What was added for the name and labels, or null.</summary>
    public T? Find(string name, ReadOnlySpan<OperationLabel> labels)
    {
        var hash = Hash(name, labels);
        var buckets = Volatile.Read(ref _buckets);
        for (var entry = Volatile.Read(ref buckets[(int)hash & (buckets.Length - 1)]); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && entry.Is(name, labels))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>Adds what is not there yet.</summary>
    public void Add(string name, ReadOnlySpan<OperationLabel> labels, T value)
    {
        if (_count++ >= _buckets.Length)
        {
            Grow();
        }

        Insert(_buckets, new Entry(Hash(name, labels), name, labels.ToArray(), value));
    }

    private static void Insert(Entry?[] buckets, Entry entry)
    {
        ref var bucket = ref buckets[(int)entry.Hash & (buckets.Length - 1)];
        entry.Next = bucket;
        Volatile.Write(ref bucket, entry);
    }

    private void Grow()
    {
        // Entries are made anew: readers of the old table still follow the old ones.
        var buckets = new Entry?[_buckets.Length * 2];
        foreach (var first in _buckets)
        {
            for (var entry = first; entry is not null; entry = entry.Next)
            {
                Insert(buckets, new Entry(entry));
            }
        }

        Volatile.Write(ref _buckets, buckets);
    }

    private static uint Hash(string name, ReadOnlySpan<OperationLabel> labels)
    {
        var hash = Mix(Prime, name);
        foreach (ref readonly var label in labels)
        {
            hash = Mix(Mix(hash, label.Name), label.Value);
        }

        return (uint)(hash >> 32);
    }

    /// <summary>
    /// Reads a text in pieces of 8 bytes. It need not withstand texts made to collide: how many are kept is bounded.
    /// </summary>
    private static ulong Mix(ulong hash, string? text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        hash = (hash ^ (ulong)bytes.Length) * Prime;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Prime;
            hash ^= hash >> 29;
            bytes = bytes[sizeof(ulong)..];
        }

        var rest = 0UL;
        for (var i = 0; i < bytes.Length; i += sizeof(char))
        {
            rest = (rest << 16) | MemoryMarshal.Read<char>(bytes[i..]);
        }

        hash = (hash ^ rest) * Prime;
        return hash ^ (hash >> 32);
    }

    private sealed class Entry(uint hash, string name, OperationLabel[] labels, T value)
    {
        public Entry(Entry other)
            : this(other.Hash, other._name, other._labels, other.Value)
        {
        }

        private readonly string _name = name;
        private readonly OperationLabel[] _labels = labels;

        public uint Hash => hash;

        public T Value => value;

        public Entry? Next { get; set; }

        public bool Is(string name, ReadOnlySpan<OperationLabel> labels)
        {
            if (labels.Length != _labels.Length || !string.Equals(name, _name, StringComparison.Ordinal))
            {
                return false;
            }

            for (var i = 0; i < labels.Length; i++)
            {
                if (!string.Equals(labels[i].Value, _labels[i].Value, StringComparison.Ordinal)
                    || !string.Equals(labels[i].Name, _labels[i].Name, StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
