using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Conformance.Tests;

/// <summary>Makes an empty store for one test, and removes it.</summary>
public abstract class StoreHarness
{
    private readonly Stack<Func<Task>> _undo = [];

    /// <summary>Where the store logs. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>From when on the store tells of an operation. Default: as without a setting.</summary>
    public TimeSpan SlowQuery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Opens one more node on the same data; a single-process store answers as the same process.</summary>
    public abstract Task<StoreNode> OpenNodeAsync();

    /// <summary>Closes every node and removes the store.</summary>
    public async Task RemoveAsync()
    {
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }
    }

    /// <summary>Has <paramref name="undo"/> run at the end, last in first out.</summary>
    protected void OnRemove(Func<Task> undo)
    {
        _undo.Push(undo);
    }
}
