using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Workers;

/// <summary>The newest raw start lags, as many as it has room for. Noting one takes no lock and allocates nothing.</summary>
internal sealed class LagLog
{
    private readonly float[] _lags;
    private long _noted;
    private long _taken;

    /// <summary>Makes an empty one.</summary>
    /// <param name="capacity">Its room.</param>
    public LagLog(int capacity)
    {
        _lags = new float[capacity];
        Array.Fill(_lags, float.NaN); // resident from the beginning, so that what grows is not this
    }

    /// <summary>Notes a start now.</summary>
    /// <returns>How late it is, in milliseconds.</returns>
    public float Note(DateTimeOffset now, DateTimeOffset scheduledAt)
    {
        var lag = (float)(now - scheduledAt).TotalMilliseconds;
        _lags[(Interlocked.Increment(ref _noted) - 1) % _lags.Length] = lag;
        return lag;
    }

    /// <summary>Those noted since the last call, as 32-bit floats in milliseconds.</summary>
    public byte[] Take()
    {
        var to = Volatile.Read(ref _noted);
        var taken = new float[Math.Min(to - _taken, _lags.Length)];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = _lags[(to - taken.Length + i) % _lags.Length];
        }

        _taken = to;
        return MemoryMarshal.AsBytes(taken.AsSpan()).ToArray();
    }
}
