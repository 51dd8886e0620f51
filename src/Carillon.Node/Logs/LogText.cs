using System.Globalization;
using System.Text;
using Carillon.Model;

namespace Carillon.Node.Logs;

/// <summary>What is in a log, for people.</summary>
internal static class LogText
{
    private const string Time = "yyyy-MM-dd HH:mm:ss'Z'";

    public static string Answer(LogAnswer answer, int top)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{answer.Lines} lines, {answer.Unreadable} of them unreadable");
        if (answer is { From: { } from, To: { } to })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"from {Shown(from)} to {Shown(to)}");
        }

        Table(text, "levels", [.. answer.Levels.Select(static level => new[] { level.Key, Shown(level.Value) })]);
        Table(
            text,
            "jobs: lines, warnings and worse, attempts, not succeeded",
            [.. answer.Jobs.Take(top).Select(static job => new[] { job.Job, Shown(job.Lines), Shown(job.Problems), Shown(job.Attempts), Shown(job.Failures) })]);
        Table(
            text,
            "errors: how often, last seen",
            [.. answer.Errors.Take(top).Select(static error => new[] { Shown(error.Count), Shown(error.LastSeen), error.Type, StoredText.Clean(error.Message, 200) })]);
        Table(
            text,
            "slowest attempts",
            [.. answer.Slowest.Select(static slow => new[]
            {
                slow.DurationMs.ToString("0.000 ms", CultureInfo.InvariantCulture), slow.Job ?? "-", slow.Execution ?? "-",
                string.Create(CultureInfo.InvariantCulture, $"attempt {slow.Attempt}"), slow.Outcome,
            })]);
        return text.ToString().TrimEnd();
    }

    private static void Table(StringBuilder text, string title, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(title);
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.AppendLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Shown(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Shown(DateTimeOffset at)
    {
        return at.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);
    }
}
