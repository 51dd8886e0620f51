using System.Diagnostics;

namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>Prometheus' own check of a page. It comes with the package prometheus.</summary>
internal static class Promtool
{
    private const string Program = "/usr/bin/promtool";
    private const int HasFindings = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Checks a page.</summary>
    /// <returns>What it finds, each beginning with the name of a family.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string page)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: install the package prometheus");
        var start = new ProcessStartInfo(Program, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(page);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WithinAsync("promtool ends", Limit);
        var said = await output + await errors;
        Assert.True(process.ExitCode is 0 or HasFindings, $"promtool: exit {process.ExitCode}\n{said}");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
