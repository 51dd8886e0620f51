namespace Carillon.Actors;

/// <summary>A timer's callback that runs on the thread pool, as those of the system's own timers do.</summary>
internal sealed class PoolCallback(TimerCallback callback, object? state) : IThreadPoolWorkItem
{
    internal static void Queue(object? state) => ThreadPool.UnsafeQueueUserWorkItem((PoolCallback)state!, preferLocal: false);

    public void Execute() => callback(state);
}
