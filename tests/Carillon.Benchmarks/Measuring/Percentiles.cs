using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Exact percentiles of raw samples: the smallest sample that at least the asked share is not above.</summary>
internal sealed class Percentiles
{
    private readonly float[] _sorted;

    /// <summary>Takes 32-bit floats.</summary>
    public Percentiles(byte[] samples)
    {
        _sorted = MemoryMarshal.Cast<byte, float>(samples).ToArray();
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    /// <summary>The percentile of <paramref name="share"/>, from 0 to 1; NaN without samples.</summary>
    public double At(double share)
    {
        return Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
    }
}
