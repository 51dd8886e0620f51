namespace Carillon.Scheduling;

/// <summary>Runs user code on the thread pool of the process.</summary>
public sealed class UserCodeThreadPool : IUserCodePool
{
    /// <inheritdoc/>
    public void Queue(IThreadPoolWorkItem work)
    {
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }
}
