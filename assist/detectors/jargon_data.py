"""The lists behind unexplained codes: what everybody knows, and what names a thing.

The law: data only. All lists are our own, written from general knowledge of desks and of English.
"""

# Known to people who never worked in the trade: everyday life, things in a house, time and place.
EVERYDAY = (
    # documents, money, post
    "ID", "IDS", "PIN", "PINS", "VAT", "GST", "IBAN", "BIC", "SWIFT", "ATM", "ATMS", "APR", "CV",
    "PO", "RSVP", "FAQ", "FAQS", "PDF", "PDFS", "ZIP", "SIN", "SSN", "DOB", "MOT", "IOU", "CVV",
    "CVC", "UPI", "SEPA", "PAN", "TBC", "TBA", "FYI", "ETA", "NB", "PS", "EUR", "USD", "GBP",
    "INR", "CAD", "AUD", "CHF", "JPY", "NOK", "SEK", "DKK", "PLN", "COD", "EMI", "OTP", "OTPS",
    # phones, computers, pictures
    "TV", "TVS", "SMS", "MMS", "SIM", "SIMS", "ESIM", "USB", "HDMI", "PC", "PCS", "CD", "CDS",
    "DVD", "DVDS", "VR", "IT", "AI", "API", "APP", "URL", "URLS", "HTML", "HTTP", "HTTPS", "WWW",
    "WIFI", "LAN", "WLAN", "VPN", "GPS", "LED", "LCD", "OLED", "QLED", "HD", "UHD", "SD", "SSD",
    "RAM", "CPU", "GPU", "GB", "MB", "TB", "KB", "IP", "OS", "IOS", "QR", "IMEI", "DSL", "ISP",
    "JPG", "JPEG", "PNG", "GIF", "MP", "MMS", "CSV", "JSON", "SQL", "XML", "PPT", "DIY", "AC",
    "AV", "FM", "AM", "PM", "DJ", "DJS", "LP", "EP", "IMAX", "CGI", "RGB", "NFC", "CAPTCHA",
    "SUV", "SUVS", "MPV", "EV", "EVS", "MPG", "MPH", "KM", "KG", "CM", "MM", "ML", "LB", "LBS",
    # people, time, health
    "MR", "MRS", "MS", "DR", "JR", "SR", "VIP", "VIPS", "CEO", "HR", "PR", "GP", "GPS", "ER",
    "NHS", "DNA", "HIV", "COVID", "BMI", "MRI", "ECG", "CPR", "PHD", "MBA", "BA", "BSC", "MSC",
    "MD", "DDS", "DMD",
    "ENT", "PTSD", "ADHD", "OCD", "IVF", "RN", "LLC", "INC", "LTD", "ST", "AVE", "RD", "BLVD", "FT",
    "MT", "NE", "NW", "SE", "SW", "AL", "AK", "AZ", "AR", "CA", "CO", "DE", "FL", "GA", "IL", "IN",
    "IA", "KS", "KY", "ME", "MI", "MN", "MO", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OR",
    "PA", "RI", "SC", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "GMT", "BST", "CET", "CEST", "EST", "EDT", "PST", "PDT", "CST", "CDT", "MST", "MDT", "UTC",
    "IST", "AEST", "ET", "PT", "CT", "BC", "AD", "RIP", "XL", "XXL", "XS", "XXS", "XXXL", "UV",
    "BBQ", "BYO", "BYOB", "BLT", "IPA", "MSG", "PB", "OJ", "SPF", "BNB", "RV", "WC",
    # places, bodies, makers
    "UK", "US", "USA", "EU", "UAE", "UN", "NYC", "LA", "SF", "DC", "LAX", "SFO", "JFK", "ORD",
    "ATL", "SEA", "LHR", "LGW", "NZ", "FBI", "CIA", "NASA", "NATO", "IRS", "DMV", "DVLA", "HMRC",
    "USPS", "UPS", "DHL", "DPD", "GLS", "TNT", "BMW", "VW", "GM", "KIA", "IBM", "HP", "LG", "BBC",
    "CNN", "NBC", "ABC", "HBO", "CBS", "ESPN", "MTV", "BT", "EE", "KFC", "IKEA", "ASOS", "NBA",
    "NFL", "MLB", "NHL", "MLS", "UFC", "WWE", "FIFA", "UEFA", "FC", "AAA", "AA", "RAC", "RAF",
    "LGBT", "YMCA", "UCLA", "MIT", "BART", "MTA", "TGV", "ICE", "SBB", "RER", "CTA", "MUNI",
    "VISA", "AMEX", "SBI", "HDFC", "ICICI", "RBI", "HSBC", "TSB", "BNP", "ING", "GDPR", "NYE",
    "NYPD", "PGA", "IMDB", "RPG", "FPS", "PG", "BFF", "OST", "CCTV", "SOS", "ISBN", "EAN",
    "FCC", "PBS", "NPR", "FDA", "CDC", "EPA", "WHO", "IMF", "ANZ", "NASCAR", "PGA", "OBGYN", "GYN",
    "BAFTA", "MLK", "JFK", "NSA", "DEA", "ATF", "CPS", "SEAL", "SWAT", "SAT", "GED", "GOP", "AMC",
    "PBR", "MGM", "TLC", "BET", "CW", "FX", "MCU", "DCEU", "LOTR", "PETA", "NRA", "ACLU", "NAACP",
    "RBS", "AOL", "MSN", "SAP", "AWS", "PSG", "LAFC", "NCAA", "TCM", "DMX", "ZZ", "AC/DC",
    # chat
    "OK", "LOL", "OMG", "ASAP", "BTW", "IMO", "IMHO", "TBH", "AKA", "EG", "IE", "ETC", "VS", "RE",
    "NP", "TY", "PLS", "THX", "DM", "FAO", "ATTN", "CC", "BCC", "WTF", "FFS", "YOLO", "TLDR",
    "AIDS", "WWI", "WWII", "B&B", "Q&A", "R&B", "A&E", "M&S", "H&M", "T&C",
    "RTFM", "HI", "NO", "YES", "OH", "IDK", "JK", "LMK", "BRB", "XD",
)  # fmt: skip

# A code after one of these is the customer's own number or name for a thing.
NAMING = (
    "code", "codes", "order", "ref", "reference", "number", "no", "voucher", "coupon", "model",
    "booking", "locator", "confirmation", "case", "ticket", "promo", "flight", "invoice",
    "password", "says", "reads", "shows", "called", "named", "labelled", "labeled", "marked",
    "row", "seat", "gate", "zone", "platform", "terminal", "hall", "size", "section", "block",
    "group", "type", "press", "tap", "click", "select", "choose", "enter", "stands", "airport",
    "means", "song", "album", "movie", "film", "band", "artist", "at", "hotel", "restaurant",
    "channel", "team", "brand", "shop", "store", "street", "road",
)  # fmt: skip
