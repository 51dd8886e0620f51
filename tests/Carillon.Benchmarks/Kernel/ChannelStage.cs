using System.Threading.Channels;

namespace Carillon.Benchmarks.Kernel;

/// <summary>What most people write: an unbounded channel, and a task that reads it.</summary>
internal sealed class ChannelStage : IStage
{
    private static readonly UnboundedChannelOptions SingleReader = new() { SingleReader = true };

    private readonly List<Mailbox> _open = [];

    public TimeProvider Time => TimeProvider.System;

    public IAddress Open(IReceiver receiver)
    {
        var mailbox = new Mailbox(receiver);
        lock (_open)
        {
            _open.Add(mailbox);
        }

        return mailbox;
    }

    public ValueTask DisposeAsync()
    {
        _open.ForEach(static mailbox => mailbox.Close());
        return ValueTask.CompletedTask;
    }

    private sealed class Mailbox : IAddress
    {
        private readonly Channel<object> _channel = Channel.CreateUnbounded<object>(SingleReader);

        public Mailbox(IReceiver receiver)
        {
            _ = ReadAsync(receiver);
        }

        public void Tell(object message)
        {
            _channel.Writer.TryWrite(message);
        }

        public void Close()
        {
            _channel.Writer.Complete();
        }

        private async Task ReadAsync(IReceiver receiver)
        {
            while (await _channel.Reader.WaitToReadAsync())
            {
                while (_channel.Reader.TryRead(out var message))
                {
                    receiver.Receive(message);
                }
            }
        }
    }
}
