using System.Globalization;

namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>Writes valid recurrence rules in upper case that use the whole grammar.</summary>
internal sealed class RandomRecurrence(Random random)
{
    private static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public string Rule(string frequency, DateTime start)
    {
        List<string?> by =
        [
            .. Days(frequency),
            Part("BYHOUR", 4, () => Number(0, 23)),
            Part("BYMINUTE", 4, () => Number(0, 59)),
            Part("BYSECOND", 4, () => Number(0, 59)),
        ];
        by.RemoveAll(static part => part is null);
        if (by.Count > 0)
        {
            by.Add(Part("BYSETPOS", 3, () => Signed(Chance(2) ? 3 : 40)));
        }

        by.Add(Chance(2) ? "INTERVAL=" + Number(1, frequency is "SECONDLY" or "MINUTELY" ? 200 : 5) : null);
        by.Add(Chance(3) ? "WKST=" + Weekday() : null);
        by.Add(random.Next(5) switch
        {
            0 => "COUNT=" + Number(1, 30),
            1 => "UNTIL=" + start.AddDays(random.Next(900)).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)
                + (Chance(2) ? "Z" : string.Empty),
            _ => null,
        });
        return string.Join(';', by.Where(static part => part is not null).Prepend("FREQ=" + frequency));
    }

    private string?[] Days(string frequency)
    {
        var isYear = frequency is "YEARLY";
        var hasWeeks = isYear && Chance(3);
        var hasOrdinals = (isYear && !hasWeeks) || frequency is "MONTHLY";
        return
        [
            Part("BYMONTH", 4, () => Number(1, 12)),
            hasWeeks ? "BYWEEKNO=" + List(() => Signed(53)) : null,
            frequency is "MONTHLY" or "WEEKLY" or "DAILY" ? null : Part("BYYEARDAY", 5, () => Signed(366)),
            frequency is "WEEKLY" ? null : Part("BYMONTHDAY", 4, () => Signed(31)),
            Part("BYDAY", 3, () => hasOrdinals && Chance(2) ? Ordinal(isYear) + Weekday() : Weekday()),
        ];
    }

    private bool Chance(int of) => random.Next(of) == 0;

    private string? Part(string name, int of, Func<string> item) => Chance(of) ? name + "=" + List(item) : null;

    private string List(Func<string> item) => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => item()));

    private string Weekday() => Weekdays[random.Next(7)];

    private string Ordinal(bool isYear) => Signed(isYear && Chance(2) ? 53 : 5);

    private string Signed(int max) => (Chance(2) ? string.Empty : "-") + Number(1, max);

    private string Number(int min, int max) => random.Next(min, max + 1).ToString(CultureInfo.InvariantCulture);
}
