namespace Carillon.Cluster.Tests.Remoting;

/// <summary>A connection whose other end is the test.</summary>
internal sealed class NotingConnection : ILaneConnection
{
    private readonly Queue<byte[]> _frames = new();
    private TaskCompletionSource<ReadOnlyMemory<byte>>? _receiving;

    public List<byte[]> Sent { get; } = [];

    public bool IsClosed { get; private set; }

    public Task SendAsync(ReadOnlyMemory<byte> frame)
    {
        Sent.Add(frame.ToArray());
        return Task.CompletedTask;
    }

    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        if (_frames.TryDequeue(out var frame))
        {
            return frame;
        }

        _receiving = new TaskCompletionSource<ReadOnlyMemory<byte>>();
#pragma warning disable VSTHRD003 // Completed by the test.
        return await _receiving.Task;
#pragma warning restore VSTHRD003
    }

    /// <summary>The other end sends a frame.</summary>
    public void Arrive(byte[] frame)
    {
        if (_receiving is { } receiving)
        {
            _receiving = null;
            receiving.SetResult(frame);
        }
        else
        {
            _frames.Enqueue(frame);
        }
    }

    public void Dispose()
    {
        IsClosed = true;
    }
}
