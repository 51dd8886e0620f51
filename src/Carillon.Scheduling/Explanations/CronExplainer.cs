using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>Says in words what a cron expression means, or where it is wrong.</summary>
public static class CronExplainer
{
    private const int Days = 3;
    private const int Weekdays = 5;

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The expression as written.</param>
    /// <param name="isQuartz">Whether it is numbered as Quartz does, not as crontab(5).</param>
    /// <param name="jobId">The id of its job, which <c>H</c> is spread by.</param>
    public static CronMeaning Read(string expression, bool isQuartz, string jobId)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(jobId);
        var reading = CronParser.Read(expression, isQuartz ? CronDialect.Quartz : CronDialect.Crontab, jobId);
        var written = reading.HasSeconds ? reading.Fields : reading.Fields.Skip(1);
        var isEither = reading.Faults.Count == 0
            && reading.Fields[Days].Field.IsRestricted
            && reading.Fields[Weekdays].Field.IsRestricted;
        return new CronMeaning(
            [.. written.Select(read => new CronFieldMeaning(read.Kind.Name, read.Text, FieldWords.Describe(read)))],
            isEither ? "a day matches when either day-of-month or day-of-week does" : null,
            reading.Faults);
    }
}
