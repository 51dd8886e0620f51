using System.Diagnostics;

namespace Carillon.Web.Tests;

/// <summary>Waits for something to become true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Asks again and again; says what was missing when the deadline passes.</summary>
    public static async Task BeAsync(string what, Func<Task<bool>> isTrue)
    {
        var since = Stopwatch.StartNew();
        while (!await isTrue())
        {
            Assert.True(since.Elapsed < Deadline, $"still not true after {Deadline.TotalSeconds} s: {what}");
            await Task.Yield();
        }
    }
}
