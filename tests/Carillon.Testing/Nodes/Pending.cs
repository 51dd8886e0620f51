using System.Runtime.ExceptionServices;

namespace Carillon.Testing;

/// <summary>Something asked of a node that may not be answered yet.</summary>
public sealed class Pending<T>
{
    private T? _answer;
    private ExceptionDispatchInfo? _error;

    /// <summary>Whether it has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What it failed with, or null.</summary>
    public Exception? Error => _error?.SourceException;

    /// <summary>The answer. Throws what it failed with.</summary>
    public T Answer
    {
        get
        {
            _error?.Throw();
            return IsDone ? _answer! : throw new InvalidOperationException("It is not answered yet.");
        }
    }

    internal async Task FollowAsync(Func<Task<T>> work)
    {
        try
        {
            _answer = await work();
        }
#pragma warning disable CA1031 // Whoever reads the answer gets the exception.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }

        IsDone = true;
    }
}
