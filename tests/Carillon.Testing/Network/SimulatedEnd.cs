using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>One end of a simulated connection.</summary>
internal sealed class SimulatedEnd(SimulatedNetwork network, SimulatedWay way, Action closed) : ILaneConnection
{
    private readonly Queue<byte[]> _travelling = new();
    private readonly Queue<byte[]> _sent = new(); // has travelled long enough; an empty one says that it is closed
    private readonly Queue<byte[]> _arrived = new();
    private TaskCompletionSource<ReadOnlyMemory<byte>>? _receiving;
    private DateTimeOffset _free; // when the line is free for the next frame
    private bool _isBroken;

    public SimulatedEnd Other { get; set; } = null!; // set when both are made

    public bool IsClosed { get; private set; }

    public Task SendAsync(ReadOnlyMemory<byte> frame)
    {
        if (_isBroken || IsClosed)
        {
            throw new IOException("the connection is broken");
        }

        return TransmitAsync(network.Alter(frame.ToArray()));
    }

    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        if (_arrived.TryDequeue(out var frame))
        {
            return frame;
        }

        if (_isBroken || IsClosed)
        {
            throw new IOException("the connection is broken");
        }

        _receiving = new TaskCompletionSource<ReadOnlyMemory<byte>>();
#pragma warning disable VSTHRD003 // Completed by the other end.
        return await _receiving.Task;
#pragma warning restore VSTHRD003
    }

    public void Dispose()
    {
        if (!IsClosed)
        {
            IsClosed = true;
            if (!_isBroken)
            {
                _ = TransmitAsync([]);
            }

            Fail();
            closed();
        }
    }

    /// <summary>Breaks at once; what was on its way is lost.</summary>
    public void Break()
    {
        _isBroken = true;
        _sent.Clear();
        _arrived.Clear();
        Fail();
    }

    /// <summary>Delivers what a cut has held back.</summary>
    public void Flow()
    {
        while (!way.IsCut && _sent.TryDequeue(out var frame))
        {
            Other.Arrive(frame);
        }
    }

    private async Task TransmitAsync(byte[] frame)
    {
        var now = network.Time.GetUtcNow();
        _free = (_free > now ? _free : now) + (double.IsInfinity(way.BytesPerSecond) ? TimeSpan.Zero : TimeSpan.FromSeconds(frame.Length / way.BytesPerSecond));
        var wait = _free - now;
        _ = DeliverAsync(frame, wait + way.Latency);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, network.Time);
        }
    }

    private async Task DeliverAsync(byte[] frame, TimeSpan travel)
    {
        _travelling.Enqueue(frame);
        await Task.Delay(travel, network.Time);
        if (!_isBroken)
        {
            // Whoever comes first takes the oldest: the order is that of sending, whatever the order of the delays.
            _sent.Enqueue(_travelling.Dequeue());
            Flow();
        }
    }

    private void Arrive(byte[] frame)
    {
        if (_isBroken || IsClosed)
        {
            return;
        }

        if (_receiving is { } receiving)
        {
            _receiving = null;
            receiving.SetResult(frame);
        }
        else
        {
            _arrived.Enqueue(frame);
        }
    }

    private void Fail()
    {
        var receiving = _receiving;
        _receiving = null;
        receiving?.SetException(new IOException("the connection is broken"));
    }
}
