using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>Times statements and logs those that took long.</summary>
internal sealed class StatementWatch(TimeProvider clock, ILogger log, TimeSpan slow)
{
    /// <summary>The logger that slow statements go to.</summary>
    public ILogger Log => log;

    /// <summary>Runs <paramref name="statement"/> on this thread.</summary>
    public T Run<T>(string name, Func<T> statement)
    {
        var started = clock.GetTimestamp();
        try
        {
            return statement();
        }
        finally
        {
            Report(name, started);
        }
    }

    /// <summary>Awaits <paramref name="statement"/>.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> statement)
    {
        var started = clock.GetTimestamp();
        try
        {
            return await statement();
        }
        finally
        {
            Report(name, started);
        }
    }

    private void Report(string name, long started)
    {
        var elapsed = clock.GetElapsedTime(started);
        if (elapsed >= slow)
        {
            StoreLog.SlowStatement(log, name, (long)elapsed.TotalMilliseconds);
        }
    }
}
