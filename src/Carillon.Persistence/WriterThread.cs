using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Carillon.Persistence;

/// <summary>
/// One thread that does a store's writes, one after the other, with synchronous calls. It is not a thread of the pool:
/// user code may occupy all of those, and must not hold up what the cluster has to record.
/// </summary>
internal sealed class WriterThread : IAsyncDisposable
{
    // A node has one append in flight and few other writes; more than this waiting means nobody takes the answers.
    private const int Capacity = 1_024;

    private readonly BlockingCollection<Action<bool>> _writes = new(Capacity);
    private readonly SemaphoreSlim _ended = new(0);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public WriterThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="write"/> on the thread; its result or exception completes the task.</summary>
    public Task<T> RunAsync<T>(Func<T> write)
    {
        return RunAsync(write, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// Runs <paramref name="write"/> likewise, with what follows on the task run on this thread, so that it does not
    /// need one of the pool. It must only hand the result on.
    /// </summary>
    public Task<T> RunInlineAsync<T>(Func<T> write)
    {
        return RunAsync(write, TaskCreationOptions.None);
    }

    /// <summary>Runs <paramref name="write"/> on the thread and blocks until it is done.</summary>
    public T Run<T>(Func<T> write)
    {
        if (Thread.CurrentThread == _thread)
        {
            return write();
        }

        using var done = new ManualResetEventSlim();
        var answer = default((T? Value, Exception? Failure));
        Enqueue(stopped =>
        {
            answer = Attempt(write, stopped);
            done.Set();
        });
        done.Wait();
        if (answer.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(answer.Failure);
        }

        return answer.Value!;
    }

    /// <summary>Lets the write under way end, fails those that wait, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping)
        {
            _stopping = true;
            _writes.CompleteAdding();
        }

        await _ended.WaitAsync();
        _ended.Release();
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "Whatever the write throws belongs to its caller, not to this thread.")]
    private static (T? Value, Exception? Failure) Attempt<T>(Func<T> write, bool stopped)
    {
        try
        {
            ObjectDisposedException.ThrowIf(stopped, typeof(WriterThread));
            return (write(), null);
        }
        catch (Exception e)
        {
            return (default, e);
        }
    }

    private Task<T> RunAsync<T>(Func<T> write, TaskCreationOptions options)
    {
        var result = new TaskCompletionSource<T>(options);
        Enqueue(stopped =>
        {
            var (value, failure) = Attempt(write, stopped);
            if (failure is null)
            {
                result.SetResult(value!);
            }
            else
            {
                result.SetException(failure);
            }
        });
        return result.Task;
    }

    private void Enqueue(Action<bool> write)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        if (!_writes.TryAdd(write))
        {
            throw new InvalidOperationException($"{Capacity} writes wait for the store already; it takes no more");
        }
    }

    private void Work()
    {
        foreach (var write in _writes.GetConsumingEnumerable())
        {
            write(_stopping);
        }

        _writes.Dispose();
        _ended.Release();
    }
}
