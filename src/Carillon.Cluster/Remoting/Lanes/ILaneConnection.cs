namespace Carillon.Cluster;

/// <summary>
/// A connection that carries frames both ways, whole and in order, until it breaks. One frame may be sent and one
/// awaited at a time.
/// </summary>
public interface ILaneConnection : IDisposable
{
    /// <summary>Sends a frame. Any exception means that the connection is broken.</summary>
    /// <param name="frame">Not changed until the task has ended.</param>
    Task SendAsync(ReadOnlyMemory<byte> frame);

    /// <summary>
    /// The next frame, valid until the next call; empty when the other end has closed. Any exception means that the
    /// connection is broken.
    /// </summary>
    Task<ReadOnlyMemory<byte>> ReceiveAsync();
}
