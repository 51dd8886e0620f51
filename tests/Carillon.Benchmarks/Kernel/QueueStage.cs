using System.Collections.Concurrent;

namespace Carillon.Benchmarks.Kernel;

/// <summary>The least mailbox: a ConcurrentQueue that is its own work item on the thread pool. No life, no bounds.</summary>
internal sealed class QueueStage : IStage
{
    public TimeProvider Time => TimeProvider.System;

    public IAddress Open(IReceiver receiver)
    {
        return new Mailbox(receiver);
    }

    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }

    private sealed class Mailbox(IReceiver receiver) : IAddress, IThreadPoolWorkItem
    {
        private const int MessagesPerTurn = 64;

        private readonly ConcurrentQueue<object> _queue = new();
        private int _scheduled;

        public void Tell(object message)
        {
            _queue.Enqueue(message);
            Schedule();
        }

        public void Execute()
        {
            for (var i = 0; i < MessagesPerTurn && _queue.TryDequeue(out var message); i++)
            {
                receiver.Receive(message);
            }

            Interlocked.Exchange(ref _scheduled, 0);
            if (!_queue.IsEmpty)
            {
                Schedule();
            }
        }

        private void Schedule()
        {
            if (Volatile.Read(ref _scheduled) == 0 && Interlocked.Exchange(ref _scheduled, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
            }
        }
    }
}
