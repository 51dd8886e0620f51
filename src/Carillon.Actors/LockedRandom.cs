namespace Carillon.Actors;

/// <summary>
/// A seeded Random made safe for the kernel's several threads; on one thread the sequence is unchanged.
/// </summary>
internal sealed class LockedRandom(Random inner) : Random
{
    private readonly Lock _gate = new();

    public override int Next()
    {
        lock (_gate)
        {
            return inner.Next();
        }
    }

    public override int Next(int maxValue)
    {
        lock (_gate)
        {
            return inner.Next(maxValue);
        }
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_gate)
        {
            return inner.Next(minValue, maxValue);
        }
    }

    public override long NextInt64()
    {
        lock (_gate)
        {
            return inner.NextInt64();
        }
    }

    public override long NextInt64(long maxValue)
    {
        lock (_gate)
        {
            return inner.NextInt64(maxValue);
        }
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (_gate)
        {
            return inner.NextInt64(minValue, maxValue);
        }
    }

    public override float NextSingle()
    {
        lock (_gate)
        {
            return inner.NextSingle();
        }
    }

    public override double NextDouble()
    {
        lock (_gate)
        {
            return inner.NextDouble();
        }
    }

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_gate)
        {
            inner.NextBytes(buffer);
        }
    }

    protected override double Sample() => NextDouble();
}
