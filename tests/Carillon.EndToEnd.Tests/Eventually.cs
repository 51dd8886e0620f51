using System.Diagnostics;

namespace Carillon.EndToEnd.Tests;

/// <summary>Looks again and again until something is so. The deadline says what was missing.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="isSo">Looks once.</param>
    /// <param name="evidence">What the message shows in addition.</param>
    public static async Task IsAsync(string what, TimeSpan limit, Func<Task<bool>> isSo, Func<string>? evidence = null)
    {
        var began = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(Pace);
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                throw new TimeoutException($"Not within {limit}: {what}. {evidence?.Invoke()}");
            }

            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>The result of a task that must end in time.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string what, TimeSpan limit, Func<string>? evidence = null)
    {
        try
        {
            return await task.WaitAsync(limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not within {limit}: {what}. {evidence?.Invoke()}", late);
        }
    }

    /// <summary>A task that must end in time.</summary>
    public static async Task WithinAsync(this Task task, string what, TimeSpan limit, Func<string>? evidence = null)
    {
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not within {limit}: {what}. {evidence?.Invoke()}", late);
        }
    }
}
