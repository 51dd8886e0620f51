namespace Carillon.Web;

/// <summary>A digest of values in their order: FNV-1a, reduced to the whole numbers that every JSON reader keeps exact.</summary>
internal readonly struct PulseHash
{
    private const long ExactInJson = (1L << 53) - 1;
    private readonly ulong _hash;

    private PulseHash(ulong hash)
    {
        _hash = hash;
    }

    /// <summary>The digest: 0 to 2⁵³ − 1.</summary>
    public long Value => (long)((_hash ^ (_hash >> 53)) & ExactInJson);

    /// <summary>With one more number.</summary>
    public PulseHash Add(long number)
    {
        return new PulseHash(((_hash ^ (ulong)number) * 1099511628211UL) + 1);
    }

    /// <summary>With one more text.</summary>
    public PulseHash Add(string text)
    {
        var hash = Add(text.Length);
        foreach (var c in text)
        {
            hash = hash.Add((long)c);
        }

        return hash;
    }
}
