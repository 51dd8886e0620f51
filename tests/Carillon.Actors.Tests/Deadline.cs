namespace Carillon.Actors.Tests;

/// <summary>Waits for named events of real threads.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Not within {Limit}: {what}.", e);
        }
    }

    internal static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Not within {Limit}: {what}.", e);
        }
    }

    internal static void WaitFor(this WaitHandle handle, string what)
        => Assert.True(handle.WaitOne(Limit), $"Not within {Limit}: {what}.");
}
