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
        var (exitCode, said) = await RunAsync(["check", "metrics"], page);
        Assert.True(exitCode is 0 or HasFindings, $"promtool: exit {exitCode}\n{said}");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string[] arguments, string input)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: install the package prometheus");
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WithinAsync("promtool ends", Limit);
        return (process.ExitCode, await output + await errors);
    }
}
