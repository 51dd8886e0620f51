using System.Globalization;

namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>Writes valid five-field expressions that use the whole grammar but H.</summary>
internal sealed class RandomCron(Random random)
{
    private static readonly string[] Months = "JAN feb Mar APR may JUN jul AUG Sep OCT nov DEC".Split(' ');
    private static readonly string[] Weekdays = "SUN mon Tue WED thu FRI sat".Split(' ');

    public string Expression() => string.Join(
        ' ',
        List(() => Plain(0, 59)),
        List(() => Plain(0, 23)),
        List(DayOfMonth),
        List(() => random.Next(4) == 0 ? Months[random.Next(12)] : Plain(1, 12)),
        List(DayOfWeek));

    private string List(Func<string> element) => random.Next(3) == 0
        ? "*"
        : string.Join(',', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => element()));

    private string Plain(int min, int max)
    {
        var (first, second) = (random.Next(min, max + 1), random.Next(min, max + 1));
        var range = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(first, second)}-{Math.Max(first, second)}");
        var step = random.Next(1, Math.Min(max, 12) + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{random.Next(6) switch
        {
            0 => range,
            1 => $"{range}/{step}",
            2 => $"*/{step}",
            3 => $"{first}/{step}",
            _ => $"{first}",
        }}");
    }

    private string DayOfMonth() => random.Next(8) switch
    {
        0 => "L",
        1 => "L-" + Digits(1, 30),
        2 => "LW",
        3 => Digits(1, 31) + "W",
        _ => Plain(1, 31),
    };

    private string DayOfWeek() => random.Next(8) switch
    {
        0 => Weekdays[random.Next(7)] + "L",
        1 => Digits(0, 7) + "#" + Digits(1, 5),
        2 => Weekdays[random.Next(7)],
        3 => Digits(0, 6) + "-7",
        _ => Plain(0, 6),
    };

    private string Digits(int min, int max) => random.Next(min, max + 1).ToString(CultureInfo.InvariantCulture);
}
