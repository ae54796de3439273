"""Word lists that fictional people, firms and places are put together from."""


def _list(text: str, between: str | None = None) -> list[str]:
    return text.replace("\n|", "|").split(between)


MEN = _list("""
Amit Rajesh Suresh Vikram Arjun Manoj Sanjay Rohit Nikhil Ashok Deepak Harish Imran Joseph
Gurpreet Naveen Prakash Ramesh Siddharth Tarun Umesh Vinod Yash Zubair Aditya Bharat Chetan Dinesh
Farhan Ganesh Jatin Kunal Lokesh Mohan Om Pankaj Rahul Santosh Anil Mahesh Debashish Subrata
Tenzin Biju Shaji Faisal Kabir Wasim Ravi Kiran Abhijit
""")
WOMEN = _list("""
Anita Sunita Kavitha Lakshmi Meena Neha Pooja Radha Shalini Usha Vandana Fatima Geeta Jaya Kiran
Leela Nisha Mary Priyanka Rekha Swati Tanvi Ayesha Bhavna Chitra Divya Ekta Harini Ishita Jasmeet
Komal Madhuri Nandini Padma Rupali Sneha Trupti Vaishali Zoya Annapurna Shabnam Sudha Ritika
Moumita Archana Parvathi
""")
SURNAMES = _list("""
Sharma Verma Gupta Agarwal Singh Kaur Patel Shah Mehta Desai Joshi Kulkarni Deshmukh Patil Naik
Shetty Rao Reddy Naidu Iyer Menon Nair Pillai Thomas George Mathew Fernandes D'Souza Banerjee
Mukherjee Chatterjee Ghosh Das Sen Bose Mishra Tiwari Pandey Yadav Chauhan Rathore Khan Ansari
Sheikh Siddiqui Malhotra Kapoor Bhatia Chopra Sethi Bora Barua Hegde Kamath Bhattacharya Jain
Sinha Prasad Kumar Thakur Saxena Venkataraghavan Lal
""")
SOUTHERN = _list("""
Karthikeyan Balasubramanian Murugan Selvam Anbarasan Ramanathan Venkatesan Thirunavukkarasu
Kumaresan Palanisamy Sivakumar Arumugam Ilango Meenakshi Kalaivani Revathi Thenmozhi Bhuvaneswari
Parameswaran Gopalakrishnan Subramanian Chandrasekaran Dhanalakshmi Saraswathi Nagarajan
""")

# Firms: an invented proper word, a trade, and an ending that fits the trade.
FIRM_WORDS = _list("""
Aravalli Vindhya Narmada Godavari Kaveri Satluj Brahmani Nilgiri Sahyadri Chilika Pushkar Malhar
Vasant Deodar Kusum Amaltas Parijat Indus Zenora Quantiva Finovex Techmora Bluepeak Northfield
Silverline Greenmount Starlight Redbrick Meridian Cloudnest Orbital Vertex Lumina Kshitij Udaan
Pragya Navdeep Shakti Trimurti Annapurna Samarth Bharati Suryodaya
""")
TRADES = _list(
    """Infotech|Software Solutions|Engineering|Chemicals|Pharma|Textiles|Logistics|Consulting
|Foods|Automotive|Analytics|Power Systems|Constructions|Retail Ventures|Agro Industries
|Healthcare|Polymers|Electronics|Digital Services|Steel Works""",
    "|",
)
ENDINGS = [
    ("Private Limited", "C"),
    ("Pvt. Ltd.", "C"),
    ("Pvt Ltd", "C"),
    ("Limited", "C"),
    ("Ltd.", "C"),
    ("India Private Limited", "C"),
    ("(India) Pvt. Ltd.", "C"),
    ("LLP", "F"),
    ("& Co.", "F"),
    ("& Sons", "F"),
]

# (TAN's first three letters, city, state, first three digits of the PIN)
CITIES = [
    ("DEL", "New Delhi", "Delhi", "110"),
    ("MUM", "Mumbai", "Maharashtra", "400"),
    ("BLR", "Bengaluru", "Karnataka", "560"),
    ("CHE", "Chennai", "Tamil Nadu", "600"),
    ("HYD", "Hyderabad", "Telangana", "500"),
    ("CAL", "Kolkata", "West Bengal", "700"),
    ("PNE", "Pune", "Maharashtra", "411"),
    ("AHM", "Ahmedabad", "Gujarat", "380"),
    ("JPR", "Jaipur", "Rajasthan", "302"),
    ("LKN", "Lucknow", "Uttar Pradesh", "226"),
    ("RTK", "Gurugram", "Haryana", "122"),
    ("CHN", "Kochi", "Kerala", "682"),
    ("NGP", "Nagpur", "Maharashtra", "440"),
    ("PTN", "Patna", "Bihar", "800"),
    ("BPL", "Bhopal", "Madhya Pradesh", "462"),
    ("VPN", "Visakhapatnam", "Andhra Pradesh", "530"),
    ("SHL", "Guwahati", "Assam", "781"),
    ("CMB", "Coimbatore", "Tamil Nadu", "641"),
]
STREETS = _list(
    """M. G. Road|Nehru Nagar|Sector 18|Industrial Area Phase II|Station Road|Lake View Road
|Anna Salai|Park Street|Shivaji Chowk|Gandhi Marg|Civil Lines|Ring Road|Temple Street|2nd Main Road
|Outer Ring Road|Link Road|Bank Colony|Rajendra Nagar""",
    "|",
)
BUILDINGS = _list(
    """Tower B, 4th Floor|Plot No. 42|Shop No. 7|H.No. 3-6-218|Unit 902|B-17|Flat 304
|No. 12/4|Survey No. 88|Block C|First Floor, Kamal Chambers|Sai Krupa Apartments""",
    "|",
)

BANK_WORDS = _list("""
Aravalli Vindhya Godavari Nilgiri Suryodaya Meridian Indus Kshitij Trimurti Samarth Janapad Lokhit
Udyog Sahakar
""")
BANK_ENDINGS = [
    "Bank Limited",
    "Bank Ltd.",
    "Bank",
    "Co-operative Bank Ltd.",
    "Small Finance Bank Limited",
    "Gramin Bank",
    "Sahakari Bank Ltd.",
]
LENDER_ENDINGS = ["Housing Finance Limited", "Home Finance Ltd.", "Home Loans Limited"]
LIFE_ENDINGS = ["Life Insurance Company Limited", "Life Insurance Co. Ltd.", "Jeevan Bima Limited"]
HEALTH_ENDINGS = [
    "Health Insurance Limited",
    "General Insurance Co. Ltd.",
    "Health Insurance Company Limited",
    "Insurance Company Limited",
]
FUND_ENDINGS = ["Mutual Fund", "Mutual Fund", "MF"]
BROKER_ENDINGS = ["Securities Limited", "Stock Broking Pvt Ltd", "Broking Limited", "Capital Ltd."]
TRUST_ENDINGS = ["Foundation", "Seva Trust", "Charitable Trust", "Sansthan", "Welfare Society"]

DESIGNATIONS = _list(
    """Senior Engineer|Manager - Accounts|Assistant Professor|Sales Executive|Team Lead
|Deputy General Manager|Staff Nurse|Production Supervisor|Principal Consultant|Clerk
|Associate Director|Data Analyst""",
    "|",
)
