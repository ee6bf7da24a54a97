"""The passwords that are tried first, in lower case.

Collected from the frequency lists of public leaks. Those under twelve characters stand here because people make them
longer by digits at the end, which the rule takes off before it looks.
"""

from typing import Final

COMMON: Final = frozenset(
    """
    password passw0rd p@ssw0rd p@ssword pa$$word pa$$w0rd passwort motdepasse contrasena senha parola
    passwordpassword password1password thisismypassword mypassword yourpassword newpassword oldpassword
    changeme changemenow changeme123 pleasechangeme letmein letmeinnow letmeinplease welcome welcomeback
    welcome1welcome default defaultpassword temporary temporarypassword temppassword temppass secret topsecret
    secretpassword administrator admin adminadmin adminpassword superuser rootroot rootpassword
    qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertyqwerty qwerty123qwerty asdfghjkl asdfghjklzxc
    asdfghjkl;' zxcvbnm zxcvbnmasdfg 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv
    zaq12wsxcde3 qazwsxedcrfv qazwsxedc qwer1234asdf asdf1234qwer q1w2e3r4t5y6 qweasdzxc1234 qweasdzxc
    123456789012 1234567890123 1234567890ab 1234567890qwe 12345678901234567890 0123456789012 0987654321098
    123123123123 123321123321 147258369000 147258369147 159753159753 741852963000 112233445566 123456123456
    123456654321 111222333444 121212121212 abcd1234abcd abc123abc123 abc123456789 a1b2c3d4e5f6 aaaabbbbcccc
    iloveyou iloveyou1234 iloveyouforever iloveyousomuch ilovemyself ilovemyfamily ilovemydog ilovejesus
    sunshine sunshine1234 princess princess1234 football football1234 baseball baseball1234 basketball
    basketball12 superman superman1234 batman batman123456 spiderman spiderman123 starwars starwars1234
    trustno1 trustnoone whatever whatever1234 nothing nothing12345 computer computer1234 internet internet1234
    michael michael12345 jennifer jennifer1234 jessica jessica12345 charlie charlie12345 jordan jordan123456
    chocolate chocolate123 butterfly butterfly123 liverpool liverpool123 manchester manchesterunited
    monkey monkey123456 dragon dragon123456 master master123456 shadow shadow123456 killer mustang
    summer summer202420 winter winter202420 spring autumn monday friday january february september october
    november december hospital hospital1234 nursing nurse nursenurse healthcare healthcare12 medical doctor
    staffing recruiter agency company companyname company12345 office manager manager12345
    correcthorsebatterystaple correct horse battery staple
    """.split()
)
