using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Schedules;

namespace Carillon.Node.Cron;

/// <summary><c>carillon cron explain</c>: what an expression means, and when it is due.</summary>
internal static class CronCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by programs, not pages
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The command and its options.</summary>
    /// <param name="time">The present.</param>
    public static Command Create(TimeProvider time)
    {
        var expression = new Argument<string>("EXPR") { Description = "The expression, in quotation marks." };
        var zone = new Option<string>("--tz")
        {
            Description = "The IANA id of its zone.",
            HelpName = "ZONE",
            DefaultValueFactory = static _ => "UTC",
        };
        var quartz = new Option<bool>("--quartz") { Description = "Quartz numbering: seconds first, 1 is Sunday." };
        var dst = new Option<string>("--dst")
        {
            Description = "What becomes of times that the zone skips or repeats.",
            DefaultValueFactory = static _ => "shift",
        };
        dst.AcceptOnlyFromAmong("shift", "skip", "first", "last", "both");
        var job = new Option<string>("--job")
        {
            Description = "The id of the job, which H is spread by.",
            HelpName = "ID",
            DefaultValueFactory = static _ => "job",
        };
        var count = new Option<int>("--count")
        {
            Description = $"How many times, 1 to {ScheduleExplainer.MaxCount}.",
            HelpName = "N",
            DefaultValueFactory = static _ => 5,
        };
        var json = new Option<bool>("--json") { Description = "Answers with JSON." };
        var explain = new Command("explain", "Says what a cron expression means and when it is due.")
        {
            expression, zone, quartz, dst, job, count, json,
        };
        explain.SetAction((parsed, _) => ExplainAsync(
            new CronQuestion
            {
                Expression = parsed.GetRequiredValue(expression),
                IsQuartz = parsed.GetValue(quartz),
                TimeZone = parsed.GetRequiredValue(zone),
                Dst = Enum.Parse<DstPolicy>(parsed.GetRequiredValue(dst), ignoreCase: true),
                JobId = parsed.GetRequiredValue(job),
                Count = parsed.GetRequiredValue(count),
                IsJson = parsed.GetValue(json),
            },
            time.GetUtcNow(),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return new Command("cron", "Cron expressions.") { explain };
    }

    /// <summary>Answers a question.</summary>
    /// <returns>The exit code: 2 when the expression or an option is wrong.</returns>
    public static async Task<int> ExplainAsync(
        CronQuestion question, DateTimeOffset now, TextWriter output, TextWriter errors)
    {
        var meaning = CronExplainer.Read(question.Expression, question.IsQuartz, question.JobId);
        var problems = meaning.Faults.Count > 0
            ? [.. meaning.Faults.Select(fault => CronText.Fault(question.Expression, fault))]
            : Problems(question);
        foreach (var problem in problems)
        {
            await errors.WriteLineAsync(problem);
        }

        if (problems.Count > 0)
        {
            return ExitCode.Usage;
        }

        var (items, note, affected) = ScheduleExplainer.Explain(
            question.Spec, question.JobId, now, CalendarSet.Empty, now, question.Count);
        var answer = new CronAnswer(
            question.Expression, question.TimeZone, question.Dst, meaning.Fields, meaning.Note, items, note, affected);
        await output.WriteLineAsync(question.IsJson ? JsonSerializer.Serialize(answer, Json) : CronText.Answer(answer));
        return ExitCode.Ok;
    }

    private static List<string> Problems(CronQuestion question)
    {
        var problems = ScheduleValidator.Validate(question.Spec, question.JobId)
            .Select(static sentence => sentence.Replace("schedule.", string.Empty, StringComparison.Ordinal))
            .ToList();
        if (question.Count is < 1 or > ScheduleExplainer.MaxCount)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"--count {question.Count} is out of range; allowed: 1 to {ScheduleExplainer.MaxCount}."));
        }

        return problems;
    }
}
