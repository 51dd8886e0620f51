namespace Carillon.Testing;

/// <summary>Does to frames what a hostile or broken peer may do.</summary>
public sealed class FrameGarbler
{
    private readonly Random _random;

    /// <summary>Makes a garbler.</summary>
    /// <param name="seed">Decides everything.</param>
    public FrameGarbler(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>The frame as it is, or something made of it.</summary>
    public byte[] Garble(byte[] frame)
    {
        return frame.Length == 0 ? frame : _random.Next(12) switch
        {
            0 => Flip(frame, 1),
            1 => Flip(frame, _random.Next(1, 50)),
            2 => frame[.._random.Next(1, frame.Length + 1)],
            3 => [.. frame, .. frame],
            4 => [.. frame[.._random.Next(frame.Length)], .. frame[_random.Next(frame.Length)..]],
            5 => Noise(frame.Length),
            6 => Write(frame, int.MaxValue - _random.Next(2)),
            7 => Write(frame, -1),
            8 => Nest(frame),
            _ => frame,
        };
    }

    private byte[] Flip(byte[] frame, int times)
    {
        for (; times > 0; times--)
        {
            frame[_random.Next(frame.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return frame;
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    /// <summary>A number where lengths and numbers of messages are, or anywhere.</summary>
    private byte[] Write(byte[] frame, int number)
    {
        var at = _random.Next(3) switch
        {
            0 => 1,
            1 => 9,
            _ => _random.Next(frame.Length),
        };
        foreach (var b in BitConverter.GetBytes(number).Take(Math.Max(0, frame.Length - at)))
        {
            frame[at++] = b;
        }

        return frame;
    }

    /// <summary>The frame with a message of brackets behind it.</summary>
    private byte[] Nest(byte[] frame)
    {
        var depth = _random.Next(1, 10_000);
        return [.. frame, .. BitConverter.GetBytes(depth), .. Enumerable.Repeat((byte)'[', depth)];
    }
}
