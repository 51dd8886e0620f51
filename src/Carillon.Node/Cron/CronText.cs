using System.Globalization;
using System.Text;
using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Schedules;

namespace Carillon.Node.Cron;

/// <summary>Answers about cron expressions, for people.</summary>
internal static class CronText
{
    /// <summary>Field by field, then the next times, then what the clocks do within a year.</summary>
    public static string Answer(CronAnswer answer)
    {
        var text = new StringBuilder();
        var (name, value) = (answer.Fields.Max(f => f.Field.Length), answer.Fields.Max(f => f.Text.Length));
        foreach (var field in answer.Fields)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{field.Field.PadRight(name)}  {field.Text.PadRight(value)}  {field.Meaning}");
        }

        if (answer.DaysNote is { } days)
        {
            text.AppendLine(days);
        }

        var policy = answer.Dst.ToString().ToLowerInvariant();
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"next times in {answer.TimeZone}, dst = {policy}:");
        foreach (var item in answer.Items)
        {
            text.AppendLine(Line(item));
        }

        if (answer.Note is { } note)
        {
            text.AppendLine(note);
        }

        text.AppendLine().AppendLine(
            answer.AffectedDates.Count == 0
                ? "no change of the clocks within a year affects it"
                : "changes of the clocks within a year that affect it:");
        foreach (var date in answer.AffectedDates)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{date.Date}  {date.Decision}");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>A sentence about a fault, and a caret under it.</summary>
    public static string Fault(string expression, CronFault fault)
    {
        var shown = Visible(expression);
        var sentence = $"'{shown}' {fault.Problem}; allowed: {fault.Allowed}.";
        var carets = new string('^', Math.Max(1, fault.Length));
        return $"{sentence}\n{shown}\n{carets.PadLeft(fault.Start + carets.Length)}";
    }

    private static string Line(ExplainedOccurrence item) => item switch
    {
        { Decision: null } => item.LocalTime,
        { Runs: true } => $"{item.LocalTime}  {item.Decision}",
        _ => $"{item.LocalTime}  not due: {item.Decision}",
    };

    /// <summary>The same number of characters, none of which moves the cursor.</summary>
    private static string Visible(string expression) =>
        string.Concat(expression.Select(static c => char.IsWhiteSpace(c) ? ' ' : char.IsControl(c) ? '?' : c));
}
