using System.Diagnostics.CodeAnalysis;

namespace Carillon.Web;

/// <summary>
/// Lets concurrent callers share one piece of work that begins after each of them has asked: at most one runs and at
/// most one waits behind it. What a caller gets is therefore never older than its question.
/// </summary>
/// <typeparam name="T">What is gathered.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds no resource.")]
internal sealed class SharedGather<T>
{
    private readonly Func<Task<T>> _gather;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Task<T>? _waiting;

    /// <summary>Makes a gather that has not begun.</summary>
    /// <param name="gather">Does the work; its failure is that of those who share it, and of nobody else.</param>
    public SharedGather(Func<Task<T>> gather)
    {
        _gather = gather;
    }

    /// <summary>The result of a gather that begins after this call.</summary>
    /// <param name="cancellationToken">Stops waiting; the gather goes on for the others.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return (_waiting ??= RunAsync()).WaitAsync(cancellationToken);
        }
    }

    private async Task<T> RunAsync()
    {
        // Yields in any case: the caller holds the lock until this task is stored.
        await _turn.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _waiting = null;
        }

        try
        {
            return await _gather();
        }
        finally
        {
            _turn.Release();
        }
    }
}
